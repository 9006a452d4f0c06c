import type { FeedStore } from '../feed-store.js';
import type { LocalSource } from '../local/source.js';
import type { Publisher } from './publisher.js';
import { eventRecord, frontierRecord } from './record.js';

const PAGE = 1000;
/** Milliseconds after which a lane is looked at though nothing rang. */
const POLL_EVERY = 2000;
/** Frontiers stay in the topic for ever, so a service that is silent for long tells fewer: one in an eighth of its silence, at least one in so many ms. */
const FRONTIER_EVERY = 60_000;

export interface LaneRelay {
  readonly store: Pick<FeedStore, 'read'>;
  readonly source: LocalSource;
  readonly publisher: Publisher;
  readonly lane: number;
  /** Position of the last event known to be published. */
  readonly from: number;
  /** Writes down that everything up to `position` is published. */
  readonly save: (lane: number, position: number) => Promise<void>;
  readonly ending: AbortSignal;
}

/** Copies one lane to its partition until `ending`. Throws at the first doubt; everything after the last saved position is then sent again. */
export const relayLane = async (relay: LaneRelay): Promise<void> => {
  let position = relay.from;
  let [told, toldAt] = [0, -Infinity];
  let page: ReturnType<FeedStore['read']> | undefined;
  while (!relay.ending.aborted) {
    const heard = relay.source.bell.count;
    // Taken before the page: what it says of the head is then no newer than the page.
    const frontier = relay.source.frontier(relay.lane);
    const events = frontier && frontier.position <= position ? [] : await (page ?? ahead(relay, position));
    const last = events.at(-1);
    if (last) {
      // A lane that is far behind is read ahead; what is recorded meanwhile goes with the next ring, together with the other lanes'.
      page = events.length === PAGE ? ahead(relay, last.position) : undefined;
      await relay.publisher.send(relay.lane, events.map(eventRecord));
      await relay.save(relay.lane, last.position);
      position = last.position;
      told = last.recordedAt;
      continue;
    }
    const due = Date.now() - toldAt >= Math.min(FRONTIER_EVERY, relay.source.silence / 8);
    if (frontier && due && frontier.position <= position && frontier.completeTo > told) {
      await relay.publisher.send(relay.lane, [frontierRecord(relay.lane, { position, completeTo: frontier.completeTo, lanes: relay.source.lanes })]);
      [told, toldAt] = [frontier.completeTo, Date.now()];
    }
    await relay.source.bell.wait(heard, POLL_EVERY, relay.ending);
  }
};

/** The next page, asked for before it is needed. */
const ahead = ({ store, lane }: LaneRelay, position: number): ReturnType<FeedStore['read']> => {
  const page = store.read(lane, position, PAGE);
  page.catch(() => undefined);
  return page;
};
