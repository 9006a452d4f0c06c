import { setTimeout as pause } from 'node:timers/promises';
import { testServer, type TestServer } from '../../../test/infra/postgres.js';
import { openDatabase, type Database } from './index.js';

const KILL = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'victim'`;
describe('A transaction whose connection is killed', () => {
  let server: TestServer;
  let admin: Database;
  let victim: Database;
  beforeAll(async () => {
    server = await testServer();
    const url = await server.database();
    [admin, victim] = [openDatabase(url), openDatabase(url, { name: 'victim', max: 2 })];
  }, 60_000);
  afterAll(async () => {
    for (const database of [admin, victim]) await database.close();
    await server.stop();
  });

  test('fails while a statement runs, and the next one has a connection of its own', async () => {
    const work = victim.transaction((tx) => tx.query('select pg_sleep(5)'));
    await Promise.all([expect(work).rejects.toThrow(/terminat/i), pause(200).then(() => admin.query(KILL))]);
    expect((await victim.transaction((tx) => tx.query('select 1 one'))).rows).toEqual([{ one: 1 }]);
  });

  test('fails between two statements, and the process lives', async () => {
    const work = victim.transaction(async (tx) => {
      await tx.query('select 1');
      await admin.query(KILL);
      await pause(200);
      return tx.query('select 2');
    });
    await expect(work).rejects.toThrow();
    expect((await victim.query('select 1 one')).rows).toEqual([{ one: 1 }]);
  });
});
