export { systemClock, type Clock } from './clock.js';
export type { Upcast } from './reading.js';
export { openEventStore, type EventStoreOptions } from './store.js';
export type { Append, Appended, EventStore, Frontier, StreamAppend, StreamPosition, TailOptions, Written } from './types.js';
