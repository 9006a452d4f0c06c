import type { Attachment, Feed, FeedHandler } from '../feed.js';
import { kafkaClient, type KafkaClientOptions } from './client.js';
import { Subscription } from './subscription.js';
import { Topics } from './topics.js';

export type KafkaFeedOptions = KafkaClientOptions;

/** Feed over Kafka: the topics that each service's relay fills, lane n of the event table being partition n. */
export const kafkaFeed = (options: KafkaFeedOptions): Feed => {
  const kafka = kafkaClient(options);
  const topics = new Topics(kafka, options.log);
  const open = new Set<Subscription>();
  return {
    attach: (handler: FeedHandler): Promise<Attachment> => {
      const subscription = new Subscription({ kafka, topics, handler, log: options.log });
      open.add(subscription);
      return Promise.resolve({
        close: async () => {
          open.delete(subscription);
          await subscription.close();
        },
      });
    },
    close: async () => {
      await Promise.all([...open].map((subscription) => subscription.close()));
      await topics.close();
    },
  };
};
