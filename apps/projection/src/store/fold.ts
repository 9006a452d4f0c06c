import type { FoldBatch, FoldContext } from '#decider';
import type { Tx } from '#postgres';
import type { FactIndex, Line, Subject, Version } from '../ledger/types.js';
import { Changes, LINE_COLUMNS, type LineRow } from './changes.js';
import { loadFacts } from './load.js';
import type { Memory } from './memory.js';
import { inSlices, inTurn, pipelined } from './pipelined.js';
import { placing } from './places.js';
import { touchedBy } from './touched.js';
import { keepVersions, latestOf, statedBy } from './versions.js';
import type { Facts } from './facts.js';

/** Bounds of memory: a recognition may touch 100,000 households, in one transaction. */
export interface Bounds {
  /** Subjects loaded and derived at once. */
  readonly chunk: number;
  /** Changes of roll-ups after which they are written. */
  readonly many: number;
}
const BOUNDS: Bounds = { chunk: 300, many: 200_000 };

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

const changeOf = ({ changes, facts, isNew, derive }: Chunk, { subject, rec }: TouchedSubject): void => {
  const watched = new Watched(facts, isNew, rec);
  const lines = derive(subject, watched, rec - 1);
  if (watched.late) changes.replace(subject, derive(subject, before(facts, isNew), rec - 1), lines);
  else for (const line of lines) changes.append(subject, line);
  const places = placing(subject, facts);
  if (places.length === 0) changes.place(subject, '');
  // A contract may come after its cooperative was seated: the seat is old then, and the place of the contract new.
  for (const place of places) if (subject.kind === 'contract' || isNew(place)) changes.place(subject, place.attributes.villageId ?? '');
};

interface TouchedSubject {
  readonly subject: Subject;
  readonly rec: number;
}
interface Loaded {
  readonly touched: readonly TouchedSubject[];
  readonly facts: Facts;
}
function* chunksOf(touched: readonly TouchedSubject[], size: number): Generator<readonly TouchedSubject[]> {
  for (let i = 0; i < touched.length; i += size) yield touched.slice(i, i + size);
}

/** Of each lane everything from its first event here on. */
const newIn = ({ events }: FoldBatch): IsNew => {
  const first = new Map<string, number>();
  for (const { service, lane, position } of events) if (!first.has(`${service}:${lane}`)) first.set(`${service}:${lane}`, position);
  return ({ service, lane, position }) => position >= (first.get(`${service}:${lane}`) ?? Infinity);
};

/** What a chunk came to: its lines, and the changes beside them once these are many. */
interface Derived {
  readonly lines: LineRow[];
  readonly full?: Changes;
}

/**
 * Folds events into the ledger: keeps their fact versions, derives anew the lines of every touched subject from the
 * earliest new version on, and writes the differences. Nothing that was known earlier can change.
 */
export const foldInto = (memory: Memory, derive: Derive, { chunk, many } = BOUNDS) => async (batch: FoldBatch, { db: tx, schema }: FoldContext<Tx>): Promise<void> => {
  const stated = statedBy(batch);
  if (stated.length === 0) return;
  const db = inTurn(tx);
  const { words, organisations, fold } = await memory.recall(db, schema);
  await organisations.catchUp(db, schema);
  await keepVersions(db, schema, stated, fold);
  organisations.learn(stated.map(({ version }) => version), fold);
  const isNew = newIn(batch);
  let changes = new Changes(words);
  const derived = async ({ touched, facts }: Loaded): Promise<Derived> => {
    await inSlices(touched, (one) => changeOf({ changes, facts, isNew, derive }, one));
    const [lines, full] = [changes.take(), changes];
    if (full.size < many) return { lines };
    changes = new Changes(words);
    return { lines, full };
  };
  await pipelined(chunksOf((await touchedBy(db, schema, stated, organisations.facts)).list(), chunk), {
    load: async (touched) => ({ touched, facts: await loadFacts({ sql: db, schema, organisations: organisations.facts }, touched.map(({ subject }) => subject)) }),
    derive: derived,
    write: async ({ lines, full }) => {
      await db.copy(`${schema}.lines`, LINE_COLUMNS, lines);
      await full?.write(db, schema, fold);
    },
  });
  await changes.write(db, schema, fold);
  const rec = latestOf(batch);
  await db.query(`insert into ${schema}.folds values ($1, $2)`, [fold, rec]);
  await memory.seal(db, schema, fold, rec);
};
