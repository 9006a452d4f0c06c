import type { FoldBatch, RecordedEvent } from '#decider';
import { Feeds, names, type Origin } from '../../../../test/infra/feeds.js';
import { until } from '../../../../test/infra/until.js';
import { faults, tallied, tally } from '../../../../test/infra/tally.js';

const patience = 60_000;
/** A fold that cannot bear one type of event. */
const allergicTo = (type: string, when = () => true) => ({ events }: FoldBatch): void => {
  if (when() && events.some((event) => event.type === type)) throw new Error(`what is ${type}?`);
};

describe.each(['local', 'kafka'] as const)('A view on the %s feed', (kind) => {
  let feeds: Feeds;
  let origin: Origin;
  let poison: string;
  beforeAll(async () => {
    feeds = await Feeds.open(kind);
    origin = await feeds.origin();
    await origin.write(names(30));
    await origin.write(names(1), 'Poison');
    await origin.write(names(30));
    const { rows } = await origin.database.query<{ id: string }>(`select $1 || ':' || lane || ':' || position id from es.events where type = 'Poison'`, [origin.service]);
    poison = rows[0]?.id ?? '';
  }, 120_000);
  afterAll(() => feeds.close(), 60_000);

  type Host = Awaited<ReturnType<Feeds['host']>>;
  const places = async (of = origin) => (await of.heads()).map((position, lane) => ({ service: of.service, lane, position }));
  const statusOf = (host: Host, view: string) => host.status().find((status) => status.view === view && status.state === 'live');
  const halted = (host: Host, view = 'tally') => until(`${view} stands still`, () => statusOf(host, view)?.halted !== null, patience);

  test('stands still before an event that it cannot fold, seen by everybody, while others go on', async () => {
    const host = await feeds.host([tally([origin.service], { name: 'fragile', first: allergicTo('Poison') }), tally([origin.service], { name: 'sturdy' })]);
    await halted(host, 'fragile');
    const [, lane, position] = poison.split(':').map(Number);
    expect(statusOf(host, 'fragile')?.halted).toMatchObject({ kind: 'poison', eventId: poison, service: origin.service, lane, position, error: 'what is Poison?' });
    await origin.write(names(5));
    expect(await host.reached('sturdy', await places(), patience)).toBe(true);
    expect(faults(await tallied(host, 'sturdy'), { [origin.service]: await origin.heads() })).toEqual([]);
    const before = (await tallied(host, 'fragile')).filter((event) => event.lane === lane);
    expect(before.at(-1)?.position).toBe((position ?? 0) - 1);
    expect(faults(before, {})).toEqual([]);
    expect(await host.reached('fragile', await places(), patience)).toBe(false);
  }, 120_000);

  test('goes on after a retry once it is mended, and stands still again when it is not', async () => {
    let ill = true;
    const host = await feeds.host([tally([origin.service], { first: allergicTo('Poison', () => ill) })]);
    await halted(host);
    const { since } = statusOf(host, 'tally')?.halted ?? { since: 0 };
    await host.retry('tally', 'an-operator');
    await until('it stands still again', () => (statusOf(host, 'tally')?.halted?.since ?? 0) > since, patience);
    ill = false;
    await host.retry('tally', 'an-operator');
    expect(await host.reached('tally', await places(), patience)).toBe(true);
    expect(faults(await tallied(host), { [origin.service]: await origin.heads() })).toEqual([]);
    expect(statusOf(host, 'tally')).toMatchObject({ halted: null, skipped: 0 });
    const { rows } = await host.database.query('select action, event_id, actor from views.interventions order by id');
    expect(rows).toEqual(Array(2).fill({ action: 'retry', event_id: poison, actor: 'an-operator' }));
    await expect(host.retry('tally', 'an-operator')).rejects.toThrow('not halted');
  }, 120_000);

  test('leaves an event out only with a reason, which is kept; a rebuild and another process leave it out too', async () => {
    const view = () => tally([origin.service], { first: allergicTo('Poison') });
    const host = await feeds.host([view()]);
    await halted(host);
    await expect(host.skip('tally', poison, '  ', 'an-operator')).rejects.toThrow('a reason is needed');
    await expect(host.skip('tally', `${origin.service}:0:1`, 'mistaken', 'an-operator')).rejects.toThrow('not halted there');
    await host.skip('tally', poison, 'written by a faulty import', 'an-operator');
    expect(await host.reached('tally', await places(), patience)).toBe(true);
    expect(statusOf(host, 'tally')).toMatchObject({ halted: null, skipped: 1 });
    const { rows } = await host.database.query('select generation, action, event_id, reason, actor, error from views.interventions');
    expect(rows).toEqual([{ generation: 1, action: 'skip', event_id: poison, reason: 'written by a faulty import', actor: 'an-operator', error: 'what is Poison?' }]);
    await host.rebuild('tally');
    await until('it is rebuilt', () => host.schemaOf('tally') === 'view_tally_g2', patience);
    await host.feed.close();
    await host.close();
    const after = await feeds.host([view()], { url: host.url });
    expect(await after.reached('tally', await places(), patience)).toBe(true);
    expect(statusOf(after, 'tally')).toMatchObject({ generation: 2, halted: null, skipped: 1 });
    const all = (await origin.heads()).reduce((sum, head) => sum + head, 0);
    expect((await tallied(after)).map(({ times }) => times)).toEqual(Array(all - 1).fill(1));
  }, 120_000);

  test('an automation is tried five times on an event that breaks it, then stands still like a view', async () => {
    const tried: string[] = [];
    let ill = true;
    const automation = {
      name: 'when-anything-happens',
      services: [origin.service],
      react: async ({ events }: FoldBatch, _: unknown, done: (event: RecordedEvent) => void) => {
        for (const event of events) {
          if (event.id === poison) tried.push(event.id);
          if (ill && event.id === poison) throw new Error('not that one');
          await Promise.resolve();
          done(event);
        }
      },
    };
    const host = await feeds.host([automation]);
    await halted(host, automation.name);
    expect(tried.length).toBeGreaterThanOrEqual(5);
    expect(statusOf(host, automation.name)).toMatchObject({ kind: 'automation', halted: { kind: 'poison', eventId: poison, error: 'not that one' } });
    ill = false;
    await host.retry(automation.name, 'an-operator');
    expect(await host.reached(automation.name, await places(), patience)).toBe(true);
  }, 120_000);

  test('is taken over by a mended version while it stands still', async () => {
    const ill = await feeds.host([tally([origin.service], { first: allergicTo('Poison') })]);
    await halted(ill);
    await ill.feed.close();
    await ill.close();
    const mended = await feeds.host([tally([origin.service], { version: 2 })], { url: ill.url });
    await until('the mended one is live', () => mended.schemaOf('tally') === 'view_tally_g2', patience);
    expect(await mended.reached('tally', await places(), patience)).toBe(true);
  }, 120_000);

  test('stops at a gap, says where, refuses to skip it, and goes on when it is filled', async () => {
    const { origin: holed, fill } = await feeds.withHole();
    const host = await feeds.host([tally([holed.service]), tally([origin.service], { name: 'other' })]);
    await halted(host);
    const { service } = holed;
    expect(statusOf(host, 'tally')?.halted).toMatchObject({ kind: 'gap', eventId: `${service}:0:11`, position: 11, error: 'expected position 11, found 12' });
    expect((await tallied(host)).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await host.reached('other', await places(), patience)).toBe(true);
    await expect(host.skip('tally', `${service}:0:11`, 'who needs it', 'an-operator')).rejects.toThrow('not halted there');
    const { since } = statusOf(host, 'tally')?.halted ?? { since: 0 };
    await host.retry('tally', 'an-operator');
    await until('it stands still again', () => (statusOf(host, 'tally')?.halted?.since ?? 0) > since, patience);
    await fill();
    // The feed may take a moment to see what was filled; until then a retry ends where it began.
    const again = setInterval(() => void host.retry('tally', 'an-operator').catch(() => undefined), 500);
    await until('it goes on', async () => (await tallied(host)).length === 13, 60_000).finally(() => clearInterval(again));
    expect(faults(await tallied(host), { [service]: [13] })).toEqual([]);
  }, 120_000);
});
