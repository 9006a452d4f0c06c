import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedEvent } from '#decider';
import { openEventStore } from '#event-store';
import { openDatabase } from '#postgres';
import { figure } from '../apps/projection/src/ask/figure.query.js';
import { rate } from '../apps/projection/src/ask/rate.query.js';
import { overtaking, SERVICES } from './histories/deliveries.js';
import { HostedLedger } from './histories/hosted-ledger.js';
import { dice } from './infra/dice.js';
import type { TestServer } from './infra/postgres.js';
import type { World } from './topologies.js';

interface Generation {
  readonly view: string;
  readonly kind: 'view' | 'automation';
  readonly generation: number;
  readonly state: string;
}

/** Has an operator build every view of a service anew, and waits until each new one answers. Tells the views. */
export const rebuildEveryView = async (world: World, service: string): Promise<string[]> => {
  const door = world.door(service);
  const operate = async (method: 'GET' | 'POST', path = '') => {
    const answer = await door.inject({ method, url: `/${service}/operate/views${path}`, headers: { authorization: `Bearer ${door.tokens.operator}` } });
    if (answer.status !== 200) throw new Error(`${service}${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as { items: Generation[] };
  };
  const views = async () => (await operate('GET')).items.filter(({ kind, state }) => kind === 'view' && state === 'live');
  const before = await views();
  for (const { view } of before) await operate('POST', `/${view}/rebuild`);
  const old = new Map(before.map(({ view, generation }) => [view, generation]));
  for (let tries = 0; (await views()).some(({ view, generation }) => generation === old.get(view)); tries += 1) {
    if (tries > 600) throw new Error(`${service}: ${JSON.stringify((await operate('GET')).items)}`);
    await pause(500);
  }
  return [...old.keys()];
};

/** Everything that the stores of the three services hold, in the order of its recording. */
const recorded = async (server: TestServer): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for (const service of SERVICES) {
    const database = openDatabase(await server.database(`${new URL(server.url).pathname.slice(1)}_${service}`));
    const store = await openEventStore({ database, service });
    for (let lane = 0; lane < store.lanes; lane += 1) for await (const page of store.tail(lane, 0)) events.push(...page);
    await store.close();
    await database.close();
  }
  return events.sort((a, b) => a.recordedAt - b.recordedAt || a.service.localeCompare(b.service) || a.lane - b.lane || a.position - b.position);
};

/** Folds all that was recorded into a ledger of its own, lanes overtaking one another and every event delivered twice, and answers from it. */
export const toldAgainStrangely = async (server: TestServer, addresses: readonly string[]): Promise<unknown[]> => {
  const events = await recorded(server);
  const ledger = await HostedLedger.open(server, events);
  await ledger.take(overtaking(events, dice(20_220_718), 4000));
  const answers: unknown[] = [];
  for (const address of addresses) {
    const { pathname, searchParams } = new URL(address, 'http://localhost');
    const [, , kind, name] = pathname.split('/');
    const input = { ...Object.fromEntries(searchParams), [kind === 'rates' ? 'rate' : 'measure']: name };
    const { percent, value } = await ledger.ask<{ percent?: string; value?: number }>(kind === 'rates' ? rate : figure, input);
    answers.push(percent ?? value);
  }
  await ledger.close();
  return answers;
};
