import type { LocalSource } from '../local/source.js';
import type { Publisher } from './publisher.js';
import { eventRecord, frontierRecord } from './record.js';

const PAGE = 1000;
/** Milliseconds after which a lane is looked at though nothing rang. */
const POLL_EVERY = 2000;
/** Frontiers stay in the topic for ever, so a service that is silent for long tells fewer: one in an eighth of its silence, at least one in so many ms. */
const FRONTIER_EVERY = 60_000;

export interface LaneRelay {
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
  const pages = new Pages(relay);
  while (!relay.ending.aborted) {
    const heard = relay.source.bell.count;
    // Taken before the page: what it says of the head is then no newer than the page.
    const frontier = relay.source.frontier(relay.lane);
    const events = await pages.after(position);
    const last = events.at(-1);
    if (last) {
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

type Page = ReturnType<LocalSource['read']>;

/** What follows; while a lane is far behind, the next page is asked for before it is needed. */
class Pages {
  private following?: Page;

  constructor(private readonly relay: LaneRelay) {}

  async after(position: number): Promise<Awaited<Page>> {
    const events = await (this.following ?? this.ask(position));
    const last = events.at(-1);
    this.following = last && events.length === PAGE ? this.ask(last.position) : undefined;
    return events;
  }

  private ask(position: number): Page {
    const page = this.relay.source.read(this.relay.lane, position, PAGE);
    page.catch(() => undefined);
    return page;
  }
}
