import type { KeyObject } from 'node:crypto';
import type { Principal, RegionTree, Scope } from '#auth';
import type { InputClass, Place, Text } from '#decider';
import type { Database } from '#postgres';

/** The live state of the service's own views. */
export interface ViewReader {
  /** Schema of the live generation. */
  schemaOf(view: string): string;
  /** Epoch ms: everything recorded up to it, in every lane the view reads, has been folded. */
  watermark(view: string): number;
  /** Position the view has reached per lane, as `<service>:<lane>:<position>`. */
  positions(view: string): readonly string[];
  /** How many events an operator let it skip: above 0 its answers are incomplete. */
  skipped(view: string): number;
}

export interface QueryContext<I> extends ViewReader {
  readonly input: I;
  readonly principal: Principal;
  /** What the caller may see in the roles of this query, regions resolved as of `input.asOf` when the input has one, else today. */
  readonly scope: Scope;
  readonly tree: RegionTree;
  readonly db: Database;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
  readonly today: string;
  /** A 32-byte key of this service. */
  secret(name: string): KeyObject;
  /** GET of another service's public API in the caller's name: `ask('projection', '/figures/…', { asOf })`. A 4xx of it is answered as it is. */
  ask<T = unknown>(service: string, path: string, params?: Params): Promise<T>;
}
export type Params = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** A question. Its answer is JSON: an object, or a {@link Page} for lists. Return undefined for "not found" (404). */
export interface Query<I = never> {
  readonly name: string;
  readonly title: Text;
  readonly input: InputClass<I>;
  readonly example: I;
  /** What it may answer, for the documentation: an example that shows every field. */
  readonly answer?: object;
  /** With `on`, a grant on one of these places is needed; without, any grant in one of the roles, and `scope` filters. */
  readonly may: { readonly roles: readonly string[]; readonly on?: (input: I) => readonly Place[] };
  /** Views it reads: `at=` waits for these; all views of the service unless told. */
  readonly views?: readonly string[];
  run(context: QueryContext<I>): Promise<unknown>;
}
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape differs per query; each is checked where it is defined
export type AnyQuery = Query<any>;
export const defineQuery = <I>(query: Query<I>): Query<I> => query;
