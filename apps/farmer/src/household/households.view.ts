import { home, IsDay, IsId, OFFICIALS, standing } from '#contracts';
import { defineView, type Sql } from '#decider';
import { aPage, defineQuery, factTable, Listing, Paged } from '#service-kit';
import { IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';

const homes = factTable({
  fact: home,
  table: 'homes',
  columns: { household_id: ['text', 'householdId'], village_id: ['text', 'villageId'], split_from: ['text', 'splitFrom'] },
  indexes: ['household_id, valid_from', 'village_id, household_id'],
});
const standings = factTable({
  fact: standing,
  table: 'standings',
  columns: { household_id: ['text', 'householdId'], resident: ['boolean', 'resident'], eligible: ['boolean', 'eligible'] },
  indexes: ['household_id, valid_from'],
});

const known = async (ids: readonly string[], { db, schema }: { db: Sql; schema: string }): Promise<Map<string, unknown>> => {
  const { rows } = await db.query<{ householdId: string }>(
    `select distinct on (household_id) household_id as "householdId", village_id as "villageId" from ${schema}.homes where household_id = any($1) and not voided order by household_id, valid_from desc`,
    [ids],
  );
  return new Map(rows.map((row) => [row.householdId, row]));
};

/** Which household is at home where, and how does it stand? */
export const householdsView = defineView({
  name: 'households',
  version: 1,
  services: ['farmer'],
  tables: (schema) => `${homes.ddl(schema)};\n${standings.ddl(schema)}`,
  fold: async ({ events }, context) => {
    await homes.fold(events, context);
    await standings.fold(events, context);
  },
  facts: { household: known },
});

/** Households at home somewhere on a day. */
const householdsOn = (schema: string, day: string): string => `
  select h.household_id as "householdId", h.village_id as "villageId", h.valid_from as "atHomeSince", h.split_from as "splitFrom",
    coalesce(s.resident, false) as resident, coalesce(s.eligible, false) as eligible
  from ${schema}.homes h
  left join lateral (
    select resident, eligible from ${schema}.standings s
    where s.household_id = h.household_id and not s.voided and s.valid_from <= ${day} order by s.valid_from desc limit 1
  ) s on true
  where not h.voided and h.valid_from <= ${day} and not exists (
    select 1 from ${schema}.homes later where later.household_id = h.household_id and not later.voided and later.valid_from > h.valid_from and later.valid_from <= ${day})`;

export class ListHouseholds extends Paged {
  @IsOptional() @IsDay() asOf?: string;
  @IsOptional() @IsId() villageId?: string;
  @IsOptional() @IsBoolean() resident?: boolean;
  @IsOptional() @IsBoolean() eligible?: boolean;
  /** Part of the household's id. */
  @IsOptional() @IsString() @MaxLength(64) q?: string;
}

/** 农户名单: households at home in the villages the caller may see, as of a day. */
export const listHouseholds = defineQuery({
  name: 'list-households',
  title: { zh: '农户列表', en: 'List households' },
  input: ListHouseholds,
  example: { limit: 50, villageId: 'r-410308103210', resident: true, asOf: '2022-07-18' },
  answer: aPage({ householdId: 'h-1', villageId: 'r-410308103210', atHomeSince: '2022-01-01', splitFrom: null, resident: true, eligible: true }),
  may: { roles: [...OFFICIALS, 'ANALYST'] },
  views: ['households'],
  run: ({ input, db, scope, today, schemaOf }) => {
    const list = new Listing();
    const rows = householdsOn(schemaOf('households'), `${list.value(input.asOf ?? today)}::date`);
    return list
      .within(scope, { village: '"villageId"' })
      .where(input.villageId, (place) => `"villageId" = ${place}`)
      .where(input.resident, (place) => `resident = ${place}`)
      .where(input.eligible, (place) => `eligible = ${place}`)
      .search(input.q, '"householdId"')
      .page(db, rows, 'householdId', input);
  },
});

export class ShowHousehold {
  @IsId() householdId: string;
}
/** 农户: every home and standing ever stated of one household, with the ids by which they are corrected. */
export const showHousehold = defineQuery({
  name: 'show-household',
  title: { zh: '农户详情', en: 'Show a household' },
  input: ShowHousehold,
  example: { householdId: 'h-1' },
  answer: {
    householdId: 'h-1',
    homes: [{ id: 'h-1.home.1', validFrom: '2022-01-01', voided: false, villageId: 'r-410308103210', splitFrom: null }],
    standings: [{ id: 'h-1.standing.1', validFrom: '2022-01-01', voided: false, resident: true, eligible: true }],
  },
  may: { roles: [...OFFICIALS, 'ANALYST'] },
  views: ['households'],
  run: async ({ input, db, scope, schemaOf }) => {
    const schema = schemaOf('households');
    const list = new Listing().within(scope, { village: 'village_id' });
    const seen = await list.page(db, `select distinct on (household_id) household_id, village_id from ${schema}.homes where household_id = ${list.value(input.householdId)} order by household_id, voided, valid_from desc`, 'household_id', { limit: 1 });
    if (seen.items.length === 0) return undefined;
    const of = (table: string, columns: string) => db.query(`select id, valid_from as "validFrom", voided, ${columns} from ${schema}.${table} where household_id = $1 order by valid_from, id`, [input.householdId]);
    const stated = await Promise.all([of('homes', 'village_id as "villageId", split_from as "splitFrom"'), of('standings', 'resident, eligible')]);
    return { householdId: input.householdId, homes: stated[0].rows, standings: stated[1].rows };
  },
});
