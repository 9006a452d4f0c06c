import { setTimeout as pause } from 'node:timers/promises';
import { defineAutomation, defineCommand, type Order, type RecordedEvent } from '#decider';
import type { Database } from '#postgres';
import { Feeds, names, type Origin } from '../../../../test/infra/feeds.js';
import { until } from '../../../../test/infra/until.js';
import { faults, tallied, tally } from '../../../../test/infra/tally.js';
import { automationHandler, TryAgain } from '../index.js';

const patience = 60_000;
const gate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
};

describe.each(['local', 'kafka'] as const)('A view host on the %s feed', (kind) => {
  let feeds: Feeds;
  let origin: Origin;
  beforeAll(async () => {
    feeds = await Feeds.open(kind);
    origin = await feeds.origin();
    await origin.write(names(50));
  }, 120_000);
  afterAll(() => feeds.close(), 60_000);

  type Host = Awaited<ReturnType<Feeds['host']>>;
  const places = async () => (await origin.heads()).map((position, lane) => ({ service: origin.service, lane, position }));
  const caughtUp = async (host: Host, view = 'tally') => expect(await host.reached(view, await places(), patience)).toBe(true);
  const right = async (host: Host, view = 'tally') => expect(faults(await tallied(host, view), { [origin.service]: await origin.heads() })).toEqual([]);

  test('lets each event take effect once, in order, and says how far it is', async () => {
    const host = await feeds.host([tally([origin.service])]);
    await origin.write(names(50));
    await caughtUp(host);
    await right(host);
    const [status] = host.status();
    expect(status).toMatchObject({ view: 'tally', state: 'live', version: 1, halted: null, skipped: 0 });
    expect(status?.lanes.map(({ lane, position }) => ({ service: origin.service, lane, position }))).toEqual(await places());
    const now = Date.now();
    await until('the idle lanes are known to be complete', () => host.watermark('tally') >= now);
  }, 120_000);

  test('rolls back a batch whose connection dies in the middle of it, and takes it in again', async () => {
    const [inside, goOn] = [gate(), gate()];
    let deaths = 0;
    const view = tally([origin.service], {
      first: async (_, tx) => {
        if (deaths > 0) return;
        deaths += 1;
        inside.open();
        await goOn.opened;
        await tx.query('select 1');
      },
    });
    const host = await feeds.host([view], { name: 'dying' });
    await inside.opened;
    const { rowCount } = await origin.database.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dying-host' and state = 'idle in transaction'`);
    expect(rowCount).toBe(1);
    goOn.open();
    await caughtUp(host);
    await right(host);
  }, 120_000);

  test('takes in together what the lanes have brought while it was busy', async () => {
    const wide = await feeds.origin({ lanes: 4 });
    await wide.write(names(200));
    const [inside, goOn] = [gate(), gate()];
    const lanesAtOnce: number[] = [];
    const view = tally([wide.service], {
      first: async ({ events }) => {
        lanesAtOnce.push(new Set(events.map(({ lane }) => lane)).size);
        inside.open();
        await goOn.opened;
      },
    });
    const host = await feeds.host([view]);
    await inside.opened;
    // While the first fold is under way the other lanes' batches arrive and wait.
    await pause(1500);
    goOn.open();
    const heads = await wide.heads();
    expect(await host.reached('tally', heads.map((position, lane) => ({ service: wide.service, lane, position })), patience)).toBe(true);
    expect(faults(await tallied(host), { [wide.service]: heads })).toEqual([]);
    expect(Math.max(...lanesAtOnce)).toBeGreaterThan(1);
  }, 120_000);

  test('is read by two hosts at once, one of which goes away, without anything counted twice', async () => {
    const slow = tally([origin.service], { first: async (_, tx) => void (await tx.query('select pg_sleep(0.02)')) });
    const first = await feeds.host([slow]);
    const second = await feeds.host([slow], { url: first.url });
    for (let wave = 0; wave < 20; wave += 1) await origin.write(names(10));
    for (const host of [first, second]) await caughtUp(host);
    await second.feed.close();
    await second.close();
    await origin.write(names(20));
    await caughtUp(first);
    await right(first);
  }, 120_000);

  test('answers from the old version until the new one, built beside it, has caught up', async () => {
    const before = await feeds.host([tally([origin.service])]);
    await caughtUp(before);
    await before.feed.close();
    await before.close();
    const { open, opened } = gate();
    const after = await feeds.host([tally([origin.service], { version: 2, first: () => opened })], { url: before.url, dropAfter: 0 });
    const old = after.schemaOf('tally');
    expect(after.status()).toMatchObject([{ version: 2, generation: 2, state: 'building' }]);
    const had = await tallied(after);
    await origin.write(names(20));
    expect(await tallied(after)).toEqual(had);
    open();
    await until('the new version has taken over', () => after.schemaOf('tally') !== old, patience);
    await caughtUp(after);
    await right(after);
    expect(after.status()).toMatchObject([{ version: 2, generation: 2, state: 'live' }]);
    await until('the old tables are gone', async () => (await after.database.query('select 1 from pg_namespace where nspname = $1', [old])).rowCount === 0);
  }, 120_000);

  test('builds a view anew under load; another host of it goes over to the new tables too', async () => {
    const first = await feeds.host([tally([origin.service])]);
    const other = await feeds.host([tally([origin.service])], { url: first.url });
    let writing = true;
    const load = (async () => {
      while (writing) await origin.write(names(5));
    })();
    await first.rebuild('tally');
    await until('the rebuilt one is live', () => first.schemaOf('tally') === 'view_tally_g2', patience);
    await until('for the other host too', () => other.schemaOf('tally') === 'view_tally_g2', patience);
    writing = false;
    await load;
    for (const host of [first, other]) {
      await caughtUp(host);
      await right(host);
      expect(host.status()).toMatchObject([{ generation: 2, state: 'live' }]);
    }
  }, 120_000);

  test('waits for the places asked for, and says when they are not reached', async () => {
    const host = await feeds.host([tally([origin.service])]);
    const [first] = await places();
    if (!first) throw new Error('no lanes');
    expect(await host.reached(null, [first], patience)).toBe(true);
    expect(await host.reached('tally', [{ ...first, position: first.position + 1000 }], 200)).toBe(false);
    expect(await host.reached('tally', [{ service: 'not-read', lane: 0, position: 7 }], 200)).toBe(true);
    await expect(host.schemaAfter('tally', { ...first, position: first.position + 1000, id: 'x' } as RecordedEvent, 200)).rejects.toThrow(TryAgain);
  }, 120_000);

  test('brings events of an older schema to today before they are folded', async () => {
    const upcast = (_: string, schemaVersion: number, data: unknown) => ({ schemaVersion: schemaVersion + 1, data: { count: (data as { n: number }).n } });
    const host = await feeds.host([tally([origin.service])], { upcast });
    await caughtUp(host);
    expect((await tallied(host)).every(({ data }) => Number.isInteger((data as { count: number }).count))).toBe(true);
  }, 120_000);

  test('gives an automation the same command id for the same event, however often it is delivered', async () => {
    const given: string[] = [];
    const command = defineCommand({ name: 'answer', title: { zh: '', en: '' }, input: Object, example: {}, may: { roles: [] }, streams: () => ({}), refusals: {}, decide: () => [] } as never);
    const automation = defineAutomation<Database>({
      name: 'when-happened-answer',
      services: [origin.service],
      on: ['Happened'],
      when: (event) => Promise.resolve([{ command, input: { of: event.id } }] as Order[]),
    });
    const dispatch = (_: Order, { commandId }: { commandId: string }): Promise<void> => {
      given.push(commandId);
      // A few times only: each is waited after, and how many events there are depends on the tests before.
      return given.length % 40 === 39 && given.length < 200 ? Promise.reject(new TryAgain('later')) : Promise.resolve();
    };
    const host = await feeds.host([automationHandler(automation, { dispatch, schemaAfter: () => Promise.resolve('') })]);
    await caughtUp(host, automation.name);
    const events = (await origin.heads()).reduce((sum, head) => sum + head, 0);
    expect(given.length).toBeGreaterThan(events);
    expect(new Set(given).size).toBe(events);
    await expect(host.rebuild(automation.name)).rejects.toThrow('stays done');
  }, 120_000);

  test('goes on after the database server stopped at once and came back', async () => {
    const host = await feeds.host([tally([origin.service])]);
    const writing = Array.from({ length: 20 }, () => origin.write(names(10)));
    await feeds.server.crash?.();
    await Promise.all(writing);
    await caughtUp(host);
    await right(host);
  }, 120_000);
});
