import type { Admin, Kafka } from 'kafkajs';

/** One event may be larger than the broker's own limit of 1 MB. */
const MOST_BYTES = String(4 * 1024 * 1024);

/**
 * Makes sure that the topic has a partition for each lane, kept for ever and on three brokers where there are that many.
 * @returns the partitions that hold nothing
 */
export const prepareTopic = async (kafka: Kafka, topic: string, lanes: number): Promise<Set<number>> => {
  const admin = kafka.admin({ retry: { retries: 2 } });
  await admin.connect();
  try {
    await shape(admin, topic, lanes);
    const offsets = await admin.fetchTopicOffsets(topic);
    return new Set(offsets.filter(({ low, high }) => low === high).map(({ partition }) => partition));
  } finally {
    await admin.disconnect();
  }
};

const shape = async (admin: Admin, topic: string, lanes: number): Promise<void> => {
  if ((await admin.listTopics()).includes(topic)) {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    if ((topics[0]?.partitions.length ?? lanes) < lanes) await admin.createPartitions({ topicPartitions: [{ topic, count: lanes }] });
    return;
  }
  const replicationFactor = Math.min(3, (await admin.describeCluster()).brokers.length);
  const safety = replicationFactor === 3 ? [{ name: 'min.insync.replicas', value: '2' }] : [];
  const configEntries = [{ name: 'retention.ms', value: '-1' }, { name: 'retention.bytes', value: '-1' }, { name: 'max.message.bytes', value: MOST_BYTES }, ...safety];
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: lanes, replicationFactor, configEntries }] });
};
