import { IsDay, IsId, OFFICIALS } from '#contracts';
import { aPage, defineQuery, Listing, Paged, type QueryContext } from '#service-kit';
import { IsOptional } from 'class-validator';
import { masked } from '../personal-data/mask.js';
import { masterKeys, openDetails, type SealedPerson } from '../personal-data/vault.js';
import { personsOn } from './persons.view.js';

export interface PersonRow extends SealedPerson {
  readonly householdId: string | null;
  readonly villageId: string | null;
  readonly reason: string;
  readonly since: string;
  readonly erased: boolean;
}
type Asking = Pick<QueryContext<unknown>, 'db' | 'secret'>;

/** Rows as they are shown: masked. */
export const shown = async (rows: readonly PersonRow[], { db, secret }: Asking): Promise<object[]> => {
  const details = await openDetails(db, masterKeys({ secret }), rows);
  return rows.map(({ personId, householdId, villageId, reason, since, erased }) => ({ personId, householdId, villageId, reason, since, erased, ...masked(details.get(personId)) }));
};

export class ListPersons extends Paged {
  @IsOptional() @IsDay() asOf?: string;
  @IsOptional() @IsId() householdId?: string;
  @IsOptional() @IsId() villageId?: string;
}

/** 人员名单: who belongs to a household on a day, names and numbers masked. */
export const listPersons = defineQuery({
  name: 'list-persons',
  title: { zh: '人员列表', en: 'List persons' },
  input: ListPersons,
  example: { limit: 50, householdId: 'h-1', asOf: '2022-07-18' },
  answer: aPage({ personId: 'p-1', householdId: 'h-1', villageId: 'r-410308103210', reason: 'JOINED', since: '2022-01-01', erased: false, name: '张*三', identityNumber: '9999** **** ****0017', phone: '139****0000' }),
  may: { roles: OFFICIALS },
  views: ['persons'],
  run: async ({ input, db, scope, today, schemaOf, secret }) => {
    const list = new Listing();
    const rows = personsOn(schemaOf('persons'), `${list.value(input.asOf ?? today)}::date`);
    const page = await list
      .within(scope, { village: '"villageId"' })
      .where(input.householdId, (place) => `"householdId" = ${place}`)
      .where(input.villageId, (place) => `"villageId" = ${place} and "householdId" is not null`)
      .page<PersonRow>(db, rows, 'personId', input);
    return { ...page, items: await shown(page.items, { db, secret }) };
  },
});

export class ShowPerson {
  @IsId() personId: string;
}
/** 人员详情: one person masked, with every placement ever stated. */
export const showPerson = defineQuery({
  name: 'show-person',
  title: { zh: '人员详情', en: 'Show a person' },
  input: ShowPerson,
  example: { personId: 'p-1' },
  answer: { personId: 'p-1', householdId: 'h-1', villageId: 'r-410308103210', reason: 'JOINED', since: '2022-01-01', erased: false, name: '张*三', identityNumber: '9999** **** ****0017', phone: '139****0000', placements: [{ placementId: 'p-1.member.1', householdId: 'h-1', reason: 'JOINED', validFrom: '2022-01-01', voided: false }] },
  may: { roles: OFFICIALS },
  views: ['persons'],
  run: async ({ input, db, scope, schemaOf, secret }) => {
    const list = new Listing();
    const rows = personsOn(schemaOf('persons'), `'infinity'::date`);
    const page = await list.within(scope, { village: '"villageId"' }).where(input.personId, (place) => `"personId" = ${place}`).page<PersonRow>(db, rows, 'personId', { limit: 1 });
    if (page.items.length === 0) return undefined;
    const [one] = await shown(page.items, { db, secret });
    const stated = await db.query(
      `select id as "placementId", household_id as "householdId", reason, valid_from as "validFrom", voided from ${schemaOf('persons')}.placements where person_id = $1 order by valid_from, id`,
      [input.personId],
    );
    return { ...one, placements: stated.rows };
  },
});
