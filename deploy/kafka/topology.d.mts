export interface TopologyOptions {
  /** Where each service is to listen. */
  urls: Readonly<Record<string, string>>;
  brokers: readonly string[];
  /** A PostgreSQL server; each service makes a database of its own on it. */
  databaseUrl: string;
  /** Holds the keys that all share. */
  dataDir: string;
  /** Further environment of every service. */
  env?: Readonly<Record<string, string>>;
  /** A line that a service has written. */
  log?: (service: string, line: string) => void;
  /** A process has ended that nobody stopped. */
  lost?: (service: ServiceProcess) => void;
}
/** One process of a service on a port of its own, through kills and starts. */
export interface ServiceProcess {
  readonly name: string;
  readonly url: string;
  readonly pid: number | undefined;
  /** Resolves when it answers. */
  start(): Promise<void>;
  /** −9, as a crash would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}
export interface Topology {
  readonly services: ReadonlyMap<string, ServiceProcess>;
  /** A further process of a service, beside the first. */
  another(service: string): Promise<ServiceProcess>;
  stop(): Promise<void>;
}
export function placeServices(): Promise<Record<string, string>>;
export function startServices(options: TopologyOptions): Promise<Topology>;
