import { setTimeout as pause } from 'node:timers/promises';
import { IsBoolean, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { EVERYONE, home, IsDay, IsId, IsLabel, IsNewId, region, type HomeData, type RegionData } from '#contracts';
import { defineAutomation, defineCommand, defineStream, defineView, emit, need, type DomainEvent } from '#decider';
import { scopeFilter } from '#auth';
import type { Database, Tx } from '#postgres';
import { defineQuery, defineService, get, pageOf, Paged, post } from '#service-kit';

/** A service as small as one can be, told in the published language, for the tests of service-kit. */
const place = defineStream<{ region: RegionData | null }, DomainEvent<string, RegionData>>({ name: 'region', initial: { region: null }, evolve: (_, { data }) => ({ region: data }) });
const household = defineStream<{ home: HomeData | null }, DomainEvent<string, HomeData>>({ name: 'household', initial: { home: null }, evolve: (_, { data }) => ({ home: data }) });

class RegisterRegion {
  @IsNewId() regionId: string;
  @IsOptional() @IsId() parentId?: string;
  @IsLabel() name: string;
}
export const registerRegion = defineCommand({
  name: 'register-region',
  title: { zh: '登记区划', en: 'Register a region' },
  input: RegisterRegion,
  example: { regionId: 'r-1', name: '孟津区' },
  may: { roles: ['DISTRICT_OFFICIAL'] },
  streams: ({ regionId }) => ({ region: place.at(regionId) }),
  refusals: { 'already-there': { zh: '已有 {name}', en: '{name} is already there' } },
  decide: ({ input: { regionId, parentId, name }, states, refuse }) => {
    if (states.region.version > 0) return refuse('already-there', { name });
    const level = parentId ? ('VILLAGE' as const) : ('DISTRICT' as const);
    const data: RegionData = { factId: `f-${regionId}`, from: '2021-10-31', regionId, level, kind: level, code: parentId ? '410308103210' : '410308', name, parentId: parentId ?? null };
    return emit(states.region, region.events.RegionRegistered.of(data, '2021-10-31'));
  },
});

class RegisterHousehold {
  @IsNewId() householdId: string;
  @IsId() villageId: string;
  @IsDay() from: string;
  @IsOptional() @IsBoolean() broken?: boolean;
}
export const registerHousehold = defineCommand({
  name: 'register-household',
  title: { zh: '登记农户', en: 'Register a household' },
  input: RegisterHousehold,
  example: { householdId: 'h-1', villageId: 'r-v', from: '2022-01-01' },
  streams: ({ householdId }) => ({ household: household.at(householdId) }),
  needs: ({ villageId }) => ({ village: need<{ name: string }>('village', villageId) }),
  may: { roles: ['VILLAGE_OFFICIAL', 'DISTRICT_OFFICIAL'], on: ({ input }) => [{ village: input.villageId }] },
  refusals: { 'already-registered': { zh: '农户已登记于 {village}', en: 'registered already in {village}' } },
  decide: ({ input, states, facts, refuse }) => {
    if (states.household.state.home) return refuse('already-registered', { village: facts.village.name });
    const data = { factId: `f-${input.householdId}`, from: input.from, householdId: input.householdId, villageId: input.broken ? '不合法' : input.villageId };
    return emit(states.household, home.events.HouseholdRegistered.of(data, input.from));
  },
});

class MoveHousehold {
  @IsId() householdId: string;
  @IsId() villageId: string;
  @IsDay() from: string;
}
export const moveHousehold = defineCommand({
  name: 'move-household',
  title: { zh: '迁移农户', en: 'Move a household' },
  input: MoveHousehold,
  example: { householdId: 'h-1', villageId: 'r-w', from: '2022-09-01' },
  may: { roles: ['DISTRICT_OFFICIAL'] },
  streams: ({ householdId }) => ({ household: household.at(householdId) }),
  refusals: { 'no-such-household': { zh: '没有此农户', en: 'there is no such household' } },
  decide: ({ input, states, refuse }) => {
    if (states.household.version === 0) return refuse('no-such-household');
    if (states.household.state.home?.villageId === input.villageId) return [];
    const data = { factId: `f-${input.householdId}-${input.from}`, ...input };
    return emit(states.household, home.events.HouseholdMoved.of({ factId: data.factId, from: data.from, householdId: data.householdId, villageId: data.villageId }, input.from));
  },
});

const households = defineView<Tx>({
  name: 'households',
  version: 1,
  services: ['farmer'],
  tables: (schema) => `create table ${schema}.households (id text primary key, village text not null); create table ${schema}.villages (id text primary key, name text not null);`,
  async fold({ events }, { db, schema }) {
    for (const { type, data } of events) {
      const { householdId, villageId, regionId, name } = data as Record<string, string>;
      if (type === 'HouseholdMoved' && householdId === 'h-poison') throw new Error('cannot fold this');
      if (householdId) await db.query(`insert into ${schema}.households values ($1, $2) on conflict (id) do update set village = excluded.village`, [householdId, villageId]);
      else if (regionId) await db.query(`insert into ${schema}.villages values ($1, $2) on conflict do nothing`, [regionId, name]);
    }
  },
  facts: {
    village: async (ids, { db, schema }) => {
      const { rows } = await db.query<{ id: string; name: string }>(`select id, name from ${schema}.villages where id = any($1)`, [ids]);
      return new Map(rows.map((row) => [row.id, row]));
    },
  },
});

class ListHouseholds extends Paged {
  @IsOptional() @IsString() village?: string;
}
const listHouseholds = defineQuery<ListHouseholds>({
  name: 'list-households',
  title: { zh: '农户列表', en: 'List households' },
  input: ListHouseholds,
  example: { limit: 50 },
  may: { roles: EVERYONE },
  async run({ input, scope, db, schemaOf }) {
    const { sql, values } = scopeFilter(scope, { village: 'village' }, 3);
    const { rows } = await db.query<{ id: string; village: string }>(
      `select id, village from ${schemaOf('households')}.households where id > $1 and ${sql} order by id limit $2`,
      [input.after ?? '', input.limit + 1, ...values],
    );
    return pageOf(rows, input.limit, ({ id }) => id);
  },
});

class Slow {
  @IsInt() @Min(0) @Max(2000) ms: number;
}
const slow = defineQuery<Slow>({
  name: 'slow',
  title: { zh: '慢', en: 'Slow' },
  input: Slow,
  example: { ms: 1 },
  may: { roles: EVERYONE },
  run: async ({ input, ask }) => {
    await pause(input.ms);
    return { asked: await ask('farmer', '/households', { limit: 1 }) };
  },
});

/** What was recorded by an automation rather than a person: a household that moved to `r-back` is sent back. */
const sendBack = defineAutomation<Database>({
  name: 'when-moved-to-back-send-back',
  services: ['farmer'],
  on: ['HouseholdMoved'],
  when: async (event) => {
    const { householdId, villageId } = event.data as HomeData;
    return villageId === 'r-back' ? [{ command: moveHousehold, input: { householdId, villageId: 'r-v', from: '2022-10-01' } }] : [];
  },
});

export const worked: string[] = [];
export const village = defineService({
  name: 'farmer',
  title: { zh: '村', en: 'Village' },
  commands: [registerRegion, registerHousehold, moveHousehold],
  views: [households],
  automations: [sendBack],
  routes: [
    post('/regions', registerRegion),
    post('/households', registerHousehold),
    post('/households/:householdId/moves', moveHousehold),
    get('/households', listHouseholds),
    get('/slow', slow),
  ],
  workers: [{ name: 'note-that-it-works', everyMs: 50, work: async ({ today }) => void worked.push(today()) }],
});
