import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedEvent } from '#decider';
import type { EventStore } from '../index.js';

/** What writers sent and were told, and what readers saw. */
export class Evidence {
  /** Events of every command ever sent, acknowledged or not. */
  readonly sent = new Map<string, number>();
  readonly acknowledged = new Set<string>();
  readonly seen: RecordedEvent[] = [];
  gaps = 0;
  /** Retries that were not answered with the first result. */
  retold = 0;

  /** Remembers nothing but the last position, as any reader does, and stops at the head once `done`. */
  async follow(store: EventStore, lane: number, done: () => boolean): Promise<void> {
    for (let last = 0; ; ) {
      const finished = done();
      const before = last;
      try {
        for await (const events of store.tail(lane, last, { pageSize: 200 })) last = this.take(events, last);
      } catch {
        // The server is away: the reader goes on from its position.
      }
      if (last === before && finished) return;
      if (last === before) await pause(1);
    }
  }

  private take(events: readonly RecordedEvent[], after: number): number {
    let last = after;
    for (const event of events) {
      if (event.position !== last + 1) this.gaps += 1;
      last = event.position;
      this.seen.push(event);
    }
    return last;
  }

  /** Whatever should never be: all zeros. */
  verdict() {
    const events = Map.groupBy(this.seen, (event) => event.origin.commandId);
    const count = (id: string): number => events.get(id)?.length ?? 0;
    const sent = [...this.sent];
    return {
      missing: sent.filter(([id, told]) => this.acknowledged.has(id) && count(id) < told).length,
      doubled: sent.filter(([id, told]) => count(id) > told).length,
      torn: sent.filter(([id, told]) => count(id) > 0 && count(id) < told).length,
      gaps: this.gaps,
      disorder: disorder(this.seen),
      backwards: backwards(this.seen),
      several: [...events.values()].filter((one) => new Set(one.map((event) => event.recordedAt)).size > 1).length,
      retold: this.retold,
    };
  }
}

/** Events of a stream that did not follow the one before. */
const disorder = (seen: readonly RecordedEvent[]): number => {
  const last = new Map<string, number>();
  return seen.filter(({ stream, version }) => {
    const follows = version === (last.get(stream) ?? 0) + 1;
    last.set(stream, version);
    return !follows;
  }).length;
};

/** Events recorded before the one in front of them in their lane. */
const backwards = (seen: readonly RecordedEvent[]): number => {
  const last = new Map<number, number>();
  return seen.filter(({ lane, recordedAt }) => {
    const earlier = recordedAt < (last.get(lane) ?? 0);
    last.set(lane, recordedAt);
    return earlier;
  }).length;
};
