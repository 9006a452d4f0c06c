import type { Principal } from '#auth';
import type { Clock } from '#event-store';

/** For tests and the sample; everything else comes from the environment (see the README). */
export interface Overrides {
  readonly clock?: Clock;
  /** 0 takes a free one. */
  readonly port?: number;
  readonly dataDir?: string;
  /** A PostgreSQL server; each service gets a database of its own on it. */
  readonly databaseUrl?: string;
  readonly kafkaBrokers?: readonly string[];
  readonly serviceUrls?: Readonly<Record<string, string>>;
  /** false: silent. */
  readonly log?: boolean;
  /** How long a command waits for facts and a query for `at=`, in milliseconds. */
  readonly patienceMs?: number;
  /** Requests a second and caller; 0 turns the limit off. */
  readonly rateLimit?: number;
  /** Accepts identity numbers reserved for tests. */
  readonly allowTestId?: boolean;
  /** Records what its services found themselves with; unless told, only programs do (`main`), and only unless the environment says no. */
  readonly founding?: boolean;
  /** Everything of its own in a directory of this name below the data directory: embedded PostgreSQL, local feed, keys. */
  readonly own?: string;
  /** Runs without the services whose events it reads: for tests of one service. */
  readonly alone?: boolean;
}
export interface InjectedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: unknown;
}
export interface InjectedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- JSON from outside, read by tests
  readonly body: any;
}
export interface Running {
  readonly url: string;
  /** Where keys and the embedded PostgreSQL are kept. */
  readonly dataDir: string;
  /** A request without a socket, through the same handling. */
  inject(request: InjectedRequest): Promise<InjectedAnswer>;
  /** From the first call of `stop` or signal on. */
  readonly stopping: boolean;
  /** Stops accepting, finishes what is in hand, then closes everything; a second call waits for the first. */
  stop(): Promise<void>;
  /** By account id (`district-official`, `analyst`, `cooperative-manager`, `enterprise-staff`, `operator`); empty with an issuer of your own. */
  readonly tokens: Readonly<Record<string, string>>;
  /** A token for any account, when the keys are this system's own. */
  tokenFor(principal: Principal): Promise<string>;
}
