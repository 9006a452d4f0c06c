import type { Scope } from '#auth';
import type { Sql } from '#decider';
import type { Database } from '#postgres';
import type { QueryContext } from '#service-kit';
import type { Facts } from '../store/facts.js';
import { Organisations } from '../store/organisations.js';
import { Tree } from './tree.js';

/** One state of the ledger, as one answer sees it. */
export interface Ledger {
  readonly sql: Sql;
  readonly schema: string;
  readonly organisations: Facts;
  readonly tree: Tree;
  readonly scope: Scope;
  /** Epoch ms; taken before anything was read, so all recorded up to it is in. */
  readonly watermark: number;
  /** How many events an operator let the view skip: answers are then incomplete. */
  readonly skipped: number;
}

interface Remembered {
  readonly organisations: Organisations;
  tree: Tree;
  regions: number;
}
/** Organisations and regions are read once a database and generation, then kept up. */
const remembered = new WeakMap<Database, Remembered>();
const reading = new WeakMap<Database, Promise<unknown>>();

const remember = async (db: Database, schema: string): Promise<Remembered> => {
  const known = remembered.get(db) ?? { organisations: new Organisations(), tree: new Tree([], Infinity), regions: -1 };
  remembered.set(db, known);
  const facts = await known.organisations.catchUp(db, schema);
  const regions = facts.all('region').length;
  if (regions !== known.regions) Object.assign(known, { tree: Tree.of(facts), regions });
  return known;
};

/** One reader at a time: two would each add what is new. */
const inTurn = (db: Database, schema: string): Promise<Remembered> => {
  const turn = (reading.get(db) ?? Promise.resolve()).catch(() => undefined).then(() => remember(db, schema));
  reading.set(db, turn);
  return turn;
};

/** @param knownAt epoch ms, whose tree of regions counts; null: all that is known */
export const ledgerOf = async (context: Pick<QueryContext<unknown>, 'db' | 'schemaOf' | 'watermark' | 'skipped' | 'scope'>, knownAt: number | null): Promise<Ledger> => {
  const watermark = context.watermark('figures');
  const schema = context.schemaOf('figures');
  const { organisations, tree } = await inTurn(context.db, schema);
  const facts = organisations.facts;
  return { sql: context.db, schema, organisations: facts, tree: knownAt === null ? tree : Tree.of(facts, knownAt), scope: context.scope, watermark, skipped: context.skipped('figures') };
};
