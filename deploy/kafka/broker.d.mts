export interface Brokers {
  readonly brokers: string[];
  /** −9, as a crash would. */
  kill(i: number): Promise<void>;
  start(i: number): Promise<void>;
  stop(): Promise<void>;
}
export function fetchBroker(): void;
export function startBrokers(options: { dir: string; nodes?: 1 | 3; port?: number }): Promise<Brokers>;
