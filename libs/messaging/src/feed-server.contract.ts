import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload, type BaseRpcContext } from '@nestjs/microservices';
import { Feeds, names, type Origin } from '../../../test/infra/feeds.js';
import { until } from '../../../test/infra/until.js';
import { FeedServer, type FeedBatch, type FeedPattern } from './index.js';

describe.each(['local', 'kafka'] as const)('The transport strategy over the %s feed', (kind) => {
  let feeds: Feeds;
  let origin: Origin;
  beforeAll(async () => {
    feeds = await Feeds.open(kind);
    origin = await feeds.origin();
    await origin.write(names(100));
  }, 120_000);
  afterAll(() => feeds.close(), 60_000);

  /** A Nest microservice whose one handler keeps its checkpoints in memory and fails as often as told. */
  const microservice = async (group: string, failures: number) => {
    const positions = new Map<number, number>();
    const had: { batch: FeedBatch; group: unknown; taken: boolean }[] = [];
    const pattern: FeedPattern = { services: [origin.service], checkpoint: (_, lane) => Promise.resolve(positions.get(lane) ?? 0) };
    @Controller()
    class Reader {
      @EventPattern<string>(group, { ...pattern })
      async onBatch(@Payload() batch: FeedBatch, @Ctx() context: BaseRpcContext<[string]>): Promise<void> {
        const taken = had.filter((one) => !one.taken).length >= failures;
        had.push({ batch, group: context.getArgByIndex(0), taken });
        await Promise.resolve();
        if (!taken) throw new Error('not now');
        positions.set(batch.lane, batch.events.at(-1)?.position ?? positions.get(batch.lane) ?? 0);
      }
    }
    @Module({ controllers: [Reader] })
    class Root {}
    const server = new FeedServer(feeds.feed());
    const app = await NestFactory.createMicroservice(Root, { strategy: server, logger: false });
    await app.listen();
    const caughtUp = () => until('it has everything', async () => (await origin.heads()).every((head, lane) => positions.get(lane) === head));
    return { app, server, had, caughtUp };
  };

  test('gives an @EventPattern handler whole batches, with its group as context', async () => {
    const { app, had, caughtUp } = await microservice('whole-batches', 0);
    await caughtUp();
    const events = had.flatMap(({ batch }) => batch.events);
    expect(events).toHaveLength((await origin.heads()).reduce((sum, head) => sum + head, 0));
    expect(had.filter(({ batch }) => batch.events.length > 1).length).toBeGreaterThan(0);
    expect(new Set(had.map(({ group }) => group))).toEqual(new Set(['whole-batches']));
    await app.close();
  }, 120_000);

  test('gives a handler that failed the same events again, before any after them', async () => {
    const { app, had, caughtUp } = await microservice('failing-handler', 3);
    await caughtUp();
    expect(had.filter(({ taken }) => !taken)).toHaveLength(3);
    for (const lane of [0, 1]) {
      const told = had.filter(({ batch }) => batch.lane === lane && batch.events.length > 0);
      expect(told[0]?.batch.events[0]?.position).toBe(1);
      const taken = told.filter((one) => one.taken).flatMap(({ batch }) => batch.events.map(({ position }) => position));
      expect(taken).toEqual(Array.from({ length: taken.length }, (_, i) => i + 1));
    }
    await app.close();
  }, 120_000);

  test('takes readers that come and go while it listens, and delivers nothing once closed', async () => {
    const { app, server, caughtUp } = await microservice('resident', 0);
    await caughtUp();
    const guest = { position: [0, 0], batches: 0 };
    const attachment = await server.attach({
      group: 'guest',
      services: [origin.service],
      checkpoint: (_, lane) => Promise.resolve(guest.position[lane] ?? 0),
      onBatch: ({ lane, events }) => Promise.resolve(void ((guest.batches += 1), (guest.position[lane] = events.at(-1)?.position ?? guest.position[lane] ?? 0))),
    });
    await until('the guest has everything', async () => (await origin.heads()).every((head, lane) => guest.position[lane] === head));
    await attachment.close();
    const { batches } = guest;
    await origin.write(names(10));
    await caughtUp();
    expect(guest.batches).toBe(batches);
    await app.close();
  }, 120_000);

  test('refuses a handler that does not say what it reads', async () => {
    @Controller()
    class Vague {
      @EventPattern('vague')
      onBatch(_: FeedBatch): void {}
    }
    @Module({ controllers: [Vague] })
    class Root {}
    const app = await NestFactory.createMicroservice(Root, { strategy: new FeedServer(feeds.feed()), logger: false });
    await expect(app.listen()).rejects.toThrow("@EventPattern('vague') needs { services, checkpoint }");
    await app.close();
  }, 120_000);
});
