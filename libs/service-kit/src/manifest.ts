import type { KeyObject } from 'node:crypto';
import type { AnyCommand, Automation, FactLookup, FoldContext, Order, Refusal, Text, View } from '#decider';
import type { Database, MigrationClass } from '#postgres';
import type { AnyQuery } from './query.js';
import type { Worker } from './worker.js';

/** Facts for decisions that no single view keeps, by kind. `schema` is `public`; `schemaOf` leads to the live tables of a view. */
export type Lookup = (ids: readonly string[], context: LookupContext) => Promise<ReadonlyMap<string, unknown>>;
export interface LookupContext extends FoldContext<Database> {
  schemaOf(view: string): string;
}

/** What a preparation may use. The same command id gives the same ids, so that a retry prepares the same. */
export interface PreparationContext {
  readonly db: Database;
  readonly commandId: string;
  /** Account id of whoever gives the command. */
  readonly actor: string;
  readonly today: string;
  /** Whether identity numbers reserved for tests are accepted. */
  readonly allowTestId: boolean;
  schemaOf(view: string): string;
  /** A 32-byte key of this service, the same in every process of it; see the README for where it comes from. */
  secret(name: string): KeyObject;
  /** A UUID derived from the command id and `name`. */
  newId(name: string): string;
}
export interface Prepared {
  /** What `streams`, `needs`, `may` and `decide` see instead of the input. */
  readonly input: unknown;
  /** Runs after the decision agreed and before its events are appended, so that no event is without what it refers to; may run again. */
  readonly keep?: (db: Database) => Promise<void>;
}
/** Turns a validated input into what a decision may see: sealed personal data, ids for what is new. Writes nothing by itself; may refuse with a code of the command. */
export type Preparation = (input: never, context: PreparationContext) => Promise<Prepared | Refusal>;

/** A view over any connection type. */
export type AnyView = Omit<View<never>, 'facts'> & { readonly facts?: Readonly<Record<string, FactLookup<never>>> };

/** A service: a name and lists. It is the table of contents of its app. */
export interface Service {
  /** Lower case; the prefix of its paths, its database and its topic. */
  readonly name: string;
  readonly title: Text;
  /** Also those that only automations and workers give: a command without a route cannot be given from outside. */
  readonly commands: readonly AnyCommand[];
  readonly views: readonly AnyView[];
  readonly routes: readonly Route[];
  readonly automations?: readonly Automation<Database>[];
  readonly lookups?: Readonly<Record<string, Lookup>>;
  /** By command name. */
  readonly prepare?: Readonly<Record<string, Preparation>>;
  readonly workers?: readonly Worker[];
  /** What it records at its first start, in its own name: chapters, the commands of one side by side. */
  readonly founding?: () => readonly (readonly Order[])[];
  /** Tables of the service's own that are no views (a vault of personal data). */
  readonly migrations?: readonly MigrationClass[];
}
export const defineService = (service: Service): Service => service;

/** One path under `/<service>`. Path parameters (`:id`) are fields of the input. Who may is said by the command or query. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly to: AnyCommand | AnyQuery;
}
export const get = (path: string, to: AnyQuery): Route => ({ method: 'GET', path, to });
export const post = (path: string, to: AnyCommand | AnyQuery): Route => ({ method: 'POST', path, to });

export const isCommand = (to: AnyCommand | AnyQuery): to is AnyCommand => 'decide' in to;
