export interface Brokers {
  readonly brokers: string[];
  /** −9, as a crash would. */
  kill(i: number): Promise<void>;
  start(i: number): Promise<void>;
  pid(i: number): number | undefined;
  /** −9 unless told; SIGTERM lets it write its log down. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}
export function fetchBroker(): void;
export function freePort(): Promise<number>;
export function startBrokers(options: { dir: string; nodes?: 1 | 3; port?: number; lost?: (i: number) => void }): Promise<Brokers>;
