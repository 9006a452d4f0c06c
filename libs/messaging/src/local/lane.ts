import type { FeedHandler, Log } from '../feed.js';
import { Backoff, Complaint, pause } from '../waiting.js';
import type { LocalSource } from './source.js';

export interface LaneDelivery {
  readonly handler: FeedHandler;
  readonly source: LocalSource;
  readonly lane: number;
  /** How many lanes the reader knows of. */
  readonly told: () => number;
  readonly ending: AbortSignal;
  readonly log: Log;
}
const PAGE = 5000;
const POLL_EVERY = 2000;

interface Progress {
  position: number;
  completeTo: number;
}

/** Delivers one lane to one reader until `ending`; after a failure, again from the reader's checkpoint. */
export const deliverLane = async (delivery: LaneDelivery): Promise<void> => {
  const backoff = new Backoff(50, 1000);
  const { handler, source, lane } = delivery;
  const complaint = new Complaint(delivery.log, { group: handler.group, service: source.service, lane });
  while (!delivery.ending.aborted) {
    try {
      await deliverFromCheckpoint(delivery, () => {
        backoff.reset();
        complaint.over();
      });
    } catch (error) {
      complaint.about(error, 'batch not taken in, to be delivered again');
      await pause(backoff.take(), delivery.ending);
    }
  }
};

const deliverFromCheckpoint = async (delivery: LaneDelivery, taken: () => void): Promise<void> => {
  const { handler, source, lane, ending } = delivery;
  const progress: Progress = { position: await handler.checkpoint(source.service, lane), completeTo: 0 };
  while (!ending.aborted) {
    const heard = source.bell.count;
    const delivered = await deliverPage(delivery, progress);
    taken();
    if (!delivered) await source.bell.wait(heard, POLL_EVERY, ending);
  }
};

/** One page of events, or the frontier when there are none. False: nothing new. */
const deliverPage = async ({ handler, source, lane, told }: LaneDelivery, progress: Progress): Promise<boolean> => {
  // Taken before reading: the head known then cannot be newer than what the page shows.
  const frontier = source.frontier(lane);
  const events = await source.read(lane, progress.position, PAGE);
  const last = events.at(-1);
  if (last) {
    const behind = Math.max(0, (frontier?.position ?? 0) - last.position);
    await handler.onBatch({ service: source.service, lane, events, completeTo: last.recordedAt, behind });
    progress.position = last.position;
    progress.completeTo = last.recordedAt;
    return true;
  }
  // A reader that does not know of every lane would take this one's word for the whole service.
  if (source.lanes > told()) return false;
  if (!frontier || frontier.position > progress.position || frontier.completeTo <= progress.completeTo) return false;
  await handler.onBatch({ service: source.service, lane, events: [], completeTo: frontier.completeTo, behind: 0 });
  progress.completeTo = frontier.completeTo;
  return false;
};
