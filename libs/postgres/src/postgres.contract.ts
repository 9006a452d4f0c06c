import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dataDirectory } from '../../../test/infra/data-directory.js';
import { alive } from './embedded-process.js';
import { migrate, openDatabase, startEmbedded, type Embedded } from './index.js';

class Pairs1700000000000 implements MigrationInterface {
  name = 'Pairs1700000000000';
  up = (runner: QueryRunner) => runner.query('create table pairs (a int primary key, b text)');
  down = (runner: QueryRunner) => runner.query('drop table pairs');
}

describe('The embedded server', () => {
  const dir = dataDirectory('embedded');
  let server: Embedded;
  beforeAll(async () => {
    server = await startEmbedded({ dir });
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  test('keeps its data over a restart', async () => {
    const url = await server.ensureDatabase('kept');
    await migrate(url, [Pairs1700000000000]);
    const before = openDatabase(url);
    await before.query('insert into pairs values ($1, $2)', [1, '桃']);
    await before.close();
    await server.stop();
    server = await startEmbedded({ dir });
    const after = openDatabase(server.url('kept'));
    expect((await after.query('select b from pairs')).rows).toEqual([{ b: '桃' }]);
    await after.close();
  });

  test('refuses data whose owner lives', async () => {
    const script = `import { startEmbedded } from '#postgres'; await startEmbedded({ dir: ${JSON.stringify(dir)} }).catch((e) => { console.log(e.message); process.exit(3); });`;
    const other = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect([other.status, other.stdout]).toEqual([3, expect.stringContaining(`in use by process ${process.pid}`)]);
  });

  test('starts although an unrelated process has the number of its owner or of its server', async () => {
    const reused = dataDirectory('embedded');
    await (await startEmbedded({ dir: reused })).stop();
    writeFileSync(join(reused, 'owner.pid'), '1 1');
    writeFileSync(join(reused, 'data', 'postmaster.pid'), `${process.ppid}\n`);
    await (await startEmbedded({ dir: reused })).stop();
    expect(alive(process.ppid)).toBe(true);
    rmSync(reused, { recursive: true, force: true });
  });

  test('starts anew after a first start was interrupted', async () => {
    const broken = dataDirectory('embedded');
    mkdirSync(join(broken, 'data.new'), { recursive: true });
    writeFileSync(join(broken, 'data.new', 'PG_VERSION'), '18\n');
    await (await startEmbedded({ dir: broken })).stop();
    rmSync(broken, { recursive: true, force: true });
  });

  test('stops the orphan of a killed process and starts again', async () => {
    const orphaned = dataDirectory('embedded');
    const script = `import { startEmbedded } from '#postgres'; const s = await startEmbedded({ dir: ${JSON.stringify(orphaned)} }); console.log(s.pid); process.kill(process.pid, 'SIGKILL');`;
    const first = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    const pid = Number(first.stdout);
    expect(alive(pid)).toBe(true);
    const second = await startEmbedded({ dir: orphaned });
    expect(alive(pid)).toBe(false);
    await second.stop();
    rmSync(orphaned, { recursive: true, force: true });
  });
});

describe('The embedded server, where it is not made welcome,', () => {
  test('says that its port is in use, leaves its data free, and starts on another', async () => {
    const dir = dataDirectory('embedded');
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    await expect(startEmbedded({ dir, port })).rejects.toThrow(`port ${port} is in use by another program`);
    expect(existsSync(join(dir, 'owner.pid'))).toBe(false);
    await (await startEmbedded({ dir })).stop();
    taken.close();
    rmSync(dir, { recursive: true, force: true });
  }, 60_000);

  test('keeps its data over a restart although they were asked for below a closed directory', async () => {
    const closed = mkdtempSync(join(tmpdir(), 'closed-'));
    const [dir, told] = [join(closed, 'postgres'), [] as string[]];
    const log = (line: string) => told.push(line.replace(/^.*data in /, ''));
    const first = await startEmbedded({ dir, log });
    const url = await first.ensureDatabase('kept');
    await migrate(url, [Pairs1700000000000]);
    await first.stop();
    const second = await startEmbedded({ dir, log });
    const database = openDatabase(second.url('kept'));
    expect((await database.query('select 1 from pairs')).rows).toEqual([]);
    await database.close();
    await second.stop();
    const [data = ''] = told;
    expect([told, statSync(closed).mode & 0o777]).toEqual([[data, data], 0o700]);
    // Under root another user serves, and cannot reach below the closed directory: the data lie elsewhere then.
    expect(data.startsWith(closed)).toBe(process.getuid?.() !== 0);
    for (const place of [closed, dirname(data)]) rmSync(place, { recursive: true, force: true });
  });

  test('never runs as root, and as whoever starts it otherwise', async () => {
    const dir = dataDirectory('embedded');
    const server = await startEmbedded({ dir });
    const { uid } = statSync(join(dir, 'data'));
    expect(uid).toBe(process.getuid?.() === 0 ? Number(spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout) : process.getuid?.());
    expect(uid).not.toBe(0);
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });
});

describe('A database', () => {
  const dir = dataDirectory('embedded');
  let server: Embedded;
  let url: string;
  beforeAll(async () => {
    server = await startEmbedded({ dir });
    url = await server.ensureDatabase('d');
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  test('is migrated once by two starters at once', async () => {
    await Promise.all([migrate(url, [Pairs1700000000000]), migrate(url, [Pairs1700000000000])]);
    const database = openDatabase(url);
    expect((await database.query('select count(*) n from migrations')).rows).toEqual([{ n: 1 }]);
    await database.close();
  });

  test('copies rows with tabs, line ends, backslashes and nulls as they are', async () => {
    const database = openDatabase(url);
    const rows = [[1, 'a\tb\nc\\d\r'], [2, null], [3, '\\N']];
    await database.transaction((tx) => tx.copy('pairs', ['a', 'b'], rows));
    expect((await database.query<{ a: number; b: string }>('select a, b from pairs order by a')).rows.map(({ a, b }) => [a, b])).toEqual(rows);
    await database.close();
  });

  test('rolls a failed transaction back', async () => {
    const database = openDatabase(url);
    const work = database.transaction(async (tx) => {
      await tx.query('insert into pairs values (9, null)');
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect((await database.query('select 1 from pairs where a = 9')).rows).toEqual([]);
    await database.close();
  });

  test('hears notices, and again after its connection was killed', async () => {
    const database = openDatabase(url, { name: 'speaker' });
    const heard: string[] = [];
    const stop = await database.listen('news', (payload) => heard.push(payload));
    const until = async (word: string) => { while (!heard.includes(word)) await pause(10); };
    await database.query(`notify news, 'one'`);
    await until('one');
    await database.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listen news'`);
    await until('');
    await database.query(`notify news, 'two'`);
    await until('two');
    await stop();
    await database.close();
  });
});
