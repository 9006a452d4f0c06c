import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase, type Database } from '#postgres';
import { testServer, type TestServer } from '../../../test/infra/postgres.js';
import { type EventStore, openEventStore } from './index.js';
import { writing } from './torture/writers.js';

/** A wire to the server that can be made deaf: from a word of the client on, whatever the server answers is swallowed. */
class Wire {
  private readonly server: Server;
  private readonly ends = new Set<Socket>();
  private word: string | null = null;
  private readonly deaf = new WeakSet<Socket>();

  constructor(private readonly far: { host: string; port: number }) {
    this.server = createServer((near) => this.join(near));
  }

  async url(of: string): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const url = new URL(of);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.toString();
  }
  deafenFrom(word: string): void {
    this.word = word;
  }
  /** Breaks every connection; those that come afterwards hear again. */
  cut(): void {
    this.word = null;
    for (const end of this.ends) end.destroy();
  }
  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(near: Socket): void {
    const far = connect(this.far);
    for (const [end, other] of [[near, far], [far, near]] as const) {
      this.ends.add(end);
      end.on('error', () => undefined).on('close', () => {
        this.ends.delete(end);
        other.destroy();
      });
    }
    near.on('data', (chunk: Buffer) => {
      if (this.word !== null && chunk.includes(this.word)) this.deaf.add(near);
      far.write(chunk);
    });
    far.on('data', (chunk: Buffer) => void (this.deaf.has(near) || near.write(chunk)));
  }
}

describe('A connection killed between append and acknowledgement', () => {
  let server: TestServer;
  let direct: Database;
  let through: Database;
  let wire: Wire;
  let store: EventStore;
  beforeAll(async () => {
    server = await testServer();
    const url = await server.database();
    const { hostname, port } = new URL(url);
    direct = openDatabase(url);
    wire = new Wire({ host: hostname, port: Number(port) });
    through = openDatabase(await wire.url(url));
    store = await openEventStore({ database: through, service: 's', lanes: 4 });
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await through.close();
    await wire.close();
    await direct.close();
    await server.stop();
  });

  const committed = async (commandId: string): Promise<void> => {
    while (!(await direct.query('select 1 from es.commands where command_id = $1', [commandId])).rowCount) await pause(5);
  };
  const eventsOf = async (commandId: string) => (await direct.query(`select stream from es.events where origin ->> 'commandId' = $1`, [commandId])).rowCount;

  test.each([['one lane', 1, null], ['several lanes', 8, 'commit']] as const)('over %s: the caller is answered with the first result, and nothing is written twice', async (_, width, word) => {
    for (let i = 0; i < 20; i += 1) {
      const command = writing(...Array.from({ length: width }, () => ({ key: randomUUID(), expected: 0, events: 2 })));
      wire.deafenFrom(word ?? command.commandId);
      const answer = store.append(command);
      await committed(command.commandId);
      wire.cut();
      const heard = await answer;
      expect(heard).toMatchObject({ status: 'duplicate', streams: expect.any(Array) });
      expect('streams' in heard && heard.streams.length).toBe(width);
      expect(await eventsOf(command.commandId)).toBe(2 * width);
      expect(await store.append(command)).toEqual(heard);
    }
  }, 60_000);
});
