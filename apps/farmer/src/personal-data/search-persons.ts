import { IsDay, OFFICIALS } from '#contracts';
import { defineQuery, Listing, Paged } from '#service-kit';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { type PersonRow, shown } from '../person/person-lists.js';
import { personsOn } from '../person/persons.view.js';
import { tidyName, tidyNumber, tidyPhone } from './seal-input.js';
import { type Field, masterKeys, openDetails, personsByHash, searchHash } from './vault.js';

/** Asked in the body of a POST: personal data never stands in a URL. */
export class SearchPersons extends Paged {
  @IsOptional() @IsString() @MaxLength(100) name?: string;
  @IsOptional() @IsString() @MaxLength(40) identityNumber?: string;
  @IsOptional() @IsString() @MaxLength(20) phone?: string;
  @IsOptional() @IsDay() asOf?: string;
}

const TIDY: Readonly<Record<Field, (text: string) => string>> = { name: tidyName, identityNumber: tidyNumber, phone: tidyPhone };

/** 查人: persons within the caller's villages whose name, number or phone is exactly this one; all that are given must agree. */
export const searchPersons = defineQuery({
  name: 'search-persons',
  title: { zh: '查人', en: 'Search persons' },
  input: SearchPersons,
  example: { limit: 50, name: '张三丰' },
  answer: { items: [{ personId: 'p-1', householdId: 'h-1', villageId: 'r-410308103210', reason: 'JOINED', since: '2022-01-01', erased: false, name: '张*三', identityNumber: '9999** **** ****0017', phone: '139****0000' }], next: null },
  may: { roles: OFFICIALS },
  views: ['persons'],
  run: async ({ input, db, scope, today, schemaOf, secret }) => {
    const wanted = (Object.keys(TIDY) as Field[]).flatMap((field) => (input[field] ? [[field, TIDY[field](input[field])] as const] : []));
    const first = wanted[0];
    if (!first) return { items: [], next: null, total: 0 };
    const candidates = await personsByHash(db, first[0], searchHash(masterKeys({ secret }), ...first));
    const list = new Listing();
    const rows = personsOn(schemaOf('persons'), `${list.value(input.asOf ?? today)}::date`);
    list.within(scope, { village: '"villageId"' }).where(candidates, (place) => `"personId" = any(${place})`);
    const page = await list.page<PersonRow>(db, rows, 'personId', input);
    const details = await openDetails(db, masterKeys({ secret }), page.items);
    const agreeing = page.items.filter(({ personId }) => wanted.every(([field, text]) => details.get(personId)?.[field] === text));
    return { items: await shown(agreeing, { db, secret }), next: page.next };
  },
});
