import type { RecordedEvent } from '#decider';
import type { Attachment, Feed, FeedBatch, FeedHandler } from '#messaging';
import type { Dice } from '../infra/dice.js';

export const SERVICES = ['farmer', 'cooperative', 'enterprise'] as const;

const batchOf = (events: readonly RecordedEvent[]): FeedBatch[] => {
  const [first] = events;
  return first ? [{ service: first.service, lane: first.lane, events, completeTo: null, behind: 0 }] : [];
};
const lanesOf = (events: readonly RecordedEvent[]): RecordedEvent[][] => [...Map.groupBy(events, ({ service, lane }) => `${service}:${lane}`).values()];

/** As they were recorded, in portions of `size`. */
export const inOrder = (events: readonly RecordedEvent[], size: number): FeedBatch[] =>
  Array.from({ length: Math.ceil(events.length / size) }, (_, i) => events.slice(i * size, (i + 1) * size)).flatMap((portion) => lanesOf(portion).flatMap(batchOf));

/** As a feed may deliver them: lanes overtake one another, portions are of any size up to `most`, and everything comes twice, some of it together with what comes next. */
export const overtaking = (events: readonly RecordedEvent[], roll: Dice, most = 25): FeedBatch[] => {
  const lanes = lanesOf(events).map((lane) => ({ lane, sent: 0 }));
  const batches: FeedBatch[] = [];
  for (let open = lanes; open.length > 0; open = lanes.filter(({ lane, sent }) => sent < lane.length)) {
    const one = open[roll(open.length)] as (typeof lanes)[number];
    const [again, next] = [Math.max(0, one.sent - roll(most)), one.sent + 1 + roll(most)];
    const batch = batchOf(one.lane.slice(again, next));
    batches.push(...batch, ...batch);
    one.sent = next;
  }
  return batches;
};

/** A feed in the hand of a test: it delivers when and what it is told to. A handler that comes later gets all from the beginning, lane after lane. */
export class HandFeed implements Feed {
  private readonly handlers: FeedHandler[] = [];
  private readonly sent: FeedBatch[] = [];

  /** @param lanes how many each service has */
  constructor(private readonly lanes: number) {}

  async attach(handler: FeedHandler): Promise<Attachment> {
    for (const service of SERVICES) await handler.onLanes?.(service, this.lanes);
    this.handlers.push(handler);
    return { close: async () => void this.handlers.splice(this.handlers.indexOf(handler), 1) };
  }

  async deliver(batches: readonly FeedBatch[]): Promise<void> {
    for (const batch of batches) {
      this.sent.push(batch);
      for (const handler of [...this.handlers]) await handler.onBatch(batch);
    }
  }

  /** Tells every lane, idle ones too, that it is complete up to before `time`. */
  async frontier(time: number): Promise<void> {
    await this.deliver(SERVICES.flatMap((service) => Array.from({ length: this.lanes }, (_, lane) => ({ service, lane, events: [], completeTo: time, behind: 0 }))));
  }

  /** All that was sent, once more. */
  async again(): Promise<void> {
    for (const batch of [...this.sent]) for (const handler of [...this.handlers]) await handler.onBatch(batch);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
