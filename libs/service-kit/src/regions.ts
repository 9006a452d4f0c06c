import type { RegionTree } from '#auth';
import { factKindOf, factOf, region, type RegionData } from '#contracts';
import type { View } from '#decider';
import type { Database, Tx } from '#postgres';

/** Name of the view that every service keeps of the region tree, for its policy. */
export const REGIONS_VIEW = 'region_tree';

export const regionsView: View<Tx> = {
  name: REGIONS_VIEW,
  version: 1,
  services: ['farmer'],
  tables: (schema) => `
    create table ${schema}.statements (fact text primary key, region text not null, since date not null, level text not null, parent text, voided boolean not null);
    create table ${schema}.revision (number bigint not null);
    insert into ${schema}.revision values (0);`,
  async fold({ events }, { db, schema }) {
    const facts = events.filter(({ type }) => factKindOf(type)?.kind === region.kind).flatMap((event) => factOf(event) ?? []);
    const last = [...new Map(facts.map((fact) => [fact.key, fact])).values()];
    if (last.length === 0) return;
    const data = last.map(({ attributes }) => attributes as unknown as RegionData);
    await db.query(
      `insert into ${schema}.statements select * from unnest($1::text[], $2::text[], $3::date[], $4::text[], $5::text[], $6::boolean[])
       on conflict (fact) do update set region = excluded.region, since = excluded.since, level = excluded.level, parent = excluded.parent, voided = excluded.voided`,
      [last.map(({ key }) => key), last.map(({ subject }) => subject), last.map(({ from }) => from), data.map(({ level }) => level), data.map(({ parentId }) => parentId), last.map(({ voided }) => voided)],
    );
    await db.query(`update ${schema}.revision set number = number + 1`);
  },
};

interface Statement {
  readonly region: string;
  readonly since: string;
  readonly level: string;
  readonly parent: string | null;
}
interface Unit {
  readonly level: string;
  readonly parent: string | null;
}
/** Days kept resolved; a day is asked again and again. */
const DAYS = 64;

/** The region tree as of any day. */
export class DatedTree implements RegionTree {
  private readonly days = new Map<string, ReadonlyMap<string, Unit>>();

  /** @param statements in order of `since` */
  constructor(private readonly statements: readonly Statement[]) {}

  contains(ancestor: string, village: string, day: string): boolean {
    const units = this.on(day);
    const seen = new Set<string>();
    for (let at: string | null | undefined = village; at && !seen.has(at); at = units.get(at)?.parent) {
      if (at === ancestor) return true;
      seen.add(at);
    }
    return false;
  }

  villages(ancestor: string, day: string): readonly string[] {
    return [...this.on(day)].filter(([id, { level }]) => level === 'VILLAGE' && this.contains(ancestor, id, day)).map(([id]) => id);
  }

  private on(day: string): ReadonlyMap<string, Unit> {
    const known = this.days.get(day);
    if (known) return known;
    const units = new Map(this.statements.filter(({ since }) => since <= day).map((statement) => [statement.region, statement]));
    if (this.days.size >= DAYS) this.days.delete(this.days.keys().next().value as string);
    this.days.set(day, units);
    return units;
  }
}

/** Another process may fold the view: its revision is looked at again after so many milliseconds. */
const LOOK_EVERY = 250;

/** Keeps the tree in memory for as long as its view has not changed. */
export class Regions {
  private tree = new DatedTree([]);
  private revision = '';
  private lookedAt = 0;
  private looking?: Promise<RegionTree>;

  constructor(
    private readonly database: Database,
    private readonly schemaOf: (view: string) => string,
  ) {}

  /** Told when this process has folded region events. */
  stale(): void {
    this.lookedAt = 0;
  }

  current(): Promise<RegionTree> {
    if (Date.now() - this.lookedAt < LOOK_EVERY) return Promise.resolve(this.tree);
    this.looking ??= this.look().finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async look(): Promise<RegionTree> {
    const begun = Date.now();
    const schema = this.schemaOf(REGIONS_VIEW);
    const { rows } = await this.database.query<{ number: number }>(`select number from ${schema}.revision`, []);
    const revision = `${schema}:${rows[0]?.number ?? 0}`;
    if (revision !== this.revision) {
      const statements = await this.database.query<Statement>(`select region, since, level, parent from ${schema}.statements where not voided order by since, fact`, []);
      this.tree = new DatedTree(statements.rows);
      this.revision = revision;
    }
    this.lookedAt = begun;
    return this.tree;
  }
}
