import type { EventStore } from '#event-store';

/** What a feed needs of an event store: its lanes, their pages and frontiers, and word of an append. */
export type FeedStore = Pick<EventStore, 'lanes' | 'read' | 'frontiers' | 'onAppend'>;
