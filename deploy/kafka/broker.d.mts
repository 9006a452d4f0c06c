export interface Cluster {
  /** `host:port` of each node. */
  readonly brokers: string[];
  /** Ends a node (0, 1, …) at once, with signal 9. */
  kill(index: number): Promise<void>;
  /** Starts a node that was killed, on its data. */
  start(index: number): Promise<void>;
  stop(): Promise<void>;
}
export function kafkaJars(cache: string): Promise<string>;
export function startCluster(options: { nodes: number; dir: string; lib: string; ports?: number[] }): Promise<Cluster>;
