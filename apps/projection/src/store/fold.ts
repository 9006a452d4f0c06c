import type { FoldBatch, FoldContext } from '#decider';
import type { Tx } from '#postgres';
import type { FactIndex, Line, Subject, Version } from '../ledger/types.js';
import { Changes, LINE_COLUMNS, type LineRow } from './changes.js';
import { loadFacts } from './load.js';
import type { Memory } from './memory.js';
import { placing } from './places.js';
import { touchedBy } from './touched.js';
import { keepVersions, latestOf, statedBy } from './versions.js';
import type { Facts } from './facts.js';

/** Subjects worked at once inside the one transaction: bounds the memory of a recognition that touches 10,000 households. */
const CHUNK = 4000;
/** Subjects derived before their lines are on the way. */
const SLICE = 50;

/** Lines of one subject that are known after `since` (epoch ms), a function of the set of versions. */
export type Derive = (subject: Subject, facts: FactIndex, since: number) => readonly Line[];

type IsNew = (version: Version) => boolean;

/** An index that tells whether it was asked about an older version that is known later than `rec`. */
class Watched implements FactIndex {
  late = false;

  constructor(
    private readonly facts: FactIndex,
    private readonly isNew: IsNew,
    private readonly rec: number,
  ) {}

  about(...asked: Parameters<FactIndex['about']>): readonly Version[] {
    const found = this.facts.about(...asked);
    if (!this.late) this.late = found.some((version) => version.rec >= this.rec && !this.isNew(version));
    return found;
  }
}

/** The facts as they were before this batch. */
const before = (facts: FactIndex, isNew: IsNew): FactIndex => ({ about: (ref, kinds) => facts.about(ref, kinds).filter((version) => !isNew(version)) });

interface Chunk {
  readonly changes: Changes;
  readonly facts: Facts;
  readonly isNew: IsNew;
  readonly derive: Derive;
}

const changeOf = ({ changes, facts, isNew, derive }: Chunk, { subject, rec }: { subject: Subject; rec: number }): void => {
  const watched = new Watched(facts, isNew, rec);
  const lines = derive(subject, watched, rec - 1);
  if (watched.late) changes.replace(subject, derive(subject, before(facts, isNew), rec - 1), lines);
  else for (const line of lines) changes.append(subject, line);
  const places = placing(subject, facts);
  if (places.length === 0) changes.place(subject, '');
  // A contract may come after its cooperative was seated: the seat is old then, and the place of the contract new.
  for (const place of places) if (subject.kind === 'contract' || isNew(place)) changes.place(subject, place.attributes.villageId ?? '');
};

/** Of each lane everything from its first event here on. */
const newIn = ({ events }: FoldBatch): IsNew => {
  const first = new Map<string, number>();
  for (const { service, lane, position } of events) if (!first.has(`${service}:${lane}`)) first.set(`${service}:${lane}`, position);
  return ({ service, lane, position }) => position >= (first.get(`${service}:${lane}`) ?? Infinity);
};

async function* linesOf(chunk: Chunk, touched: readonly { readonly subject: Subject; readonly rec: number }[]): AsyncGenerator<LineRow[]> {
  for (let i = 0; i < touched.length; i += SLICE) {
    for (const one of touched.slice(i, i + SLICE)) changeOf(chunk, one);
    yield chunk.changes.take();
  }
}

/**
 * Folds events into the ledger: keeps their fact versions, derives anew the lines of every touched subject from the
 * earliest new version on, and writes the differences. Nothing that was known earlier can change.
 */
export const foldInto = (memory: Memory, derive: Derive) => async (batch: FoldBatch, { db, schema }: FoldContext<Tx>): Promise<void> => {
  const stated = statedBy(batch);
  if (stated.length === 0) return;
  const { words, organisations, fold } = await memory.recall(db, schema);
  await organisations.catchUp(db, schema);
  await keepVersions(db, schema, stated, fold);
  organisations.learn(stated.map(({ version }) => version), fold);
  const isNew = newIn(batch);
  const touched = (await touchedBy(db, schema, stated, organisations.facts)).list();
  const changes = new Changes(words);
  for (let i = 0; i < touched.length; i += CHUNK) {
    const chunk = touched.slice(i, i + CHUNK);
    const facts = await loadFacts({ sql: db, schema, organisations: organisations.facts }, chunk.map(({ subject }) => subject));
    // The server takes in lines while the next are derived.
    await db.copy(`${schema}.lines`, LINE_COLUMNS, linesOf({ changes, facts, isNew, derive }, chunk));
    await changes.write(db, schema, fold);
  }
  const rec = latestOf(batch);
  await db.query(`insert into ${schema}.folds values ($1, $2)`, [fold, rec]);
  await memory.seal(db, schema, fold, rec);
};
