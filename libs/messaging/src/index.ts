export * from './automation.js';
export { FeedServer, type FeedPattern } from './feed-server.js';
export * from './feed.js';
export { kafkaFeed, type KafkaFeedOptions } from './kafka/kafka-feed.js';
export { topicOf } from './kafka/record.js';
export { startRelay, type Relay, type RelayOptions, type RelayStatus } from './kafka/relay.js';
export { localFeed, type FeedStore, type LocalFeedOptions } from './local/local-feed.js';
export { type Halt, type Hosted, type LaneStatus, type Reaction, type ViewStatus } from './views/hosted.js';
export { ViewHost, type ViewHostOptions } from './views/view-host.js';
