import { IsDay, IsId, OFFICIALS } from '#contracts';
import { aPage, defineQuery, Listing, Paged } from '#service-kit';
import { IsOptional } from 'class-validator';
import type { PersonRow } from '../person/person-lists.js';
import { personsOn } from '../person/persons.view.js';
import { masterKeys, openDetails } from './vault.js';

/** How long what was asked for may be read, in milliseconds. */
const OPEN_FOR = 10 * 60_000;

export class ReadReveal {
  @IsId() revealId: string;
}

interface Reveal {
  readonly person_id: string;
  readonly reason: string;
}

/** 查看明文: the details in clear, for the account that gave the reason, for ten minutes after it did. */
export const readReveal = defineQuery({
  name: 'read-reveal',
  title: { zh: '读取已说明事由的个人信息', en: 'Read the details a reason was given for' },
  input: ReadReveal,
  example: { revealId: 'v-1' },
  answer: { personId: 'p-1', reason: 'VERIFICATION', erased: false, name: '张三丰', identityNumber: '999999198002290019', phone: '13900000000' },
  may: { roles: OFFICIALS },
  views: ['persons'],
  run: async ({ input, db, scope, principal, now, schemaOf, secret }) => {
    const schema = schemaOf('persons');
    const { rows } = await db.query<Reveal>(`select person_id, reason from ${schema}.reveals where reveal_id = $1 and actor = $2 and recorded_at > $3`, [input.revealId, principal.id, now - OPEN_FOR]);
    const reveal = rows[0];
    if (!reveal) return undefined;
    const list = new Listing();
    list.within(scope, { village: '"villageId"' }).where(reveal.person_id, (place) => `"personId" = ${place}`);
    const page = await list.page<PersonRow>(db, personsOn(schema, `'infinity'::date`), 'personId', { limit: 1 });
    const details = await openDetails(db, masterKeys({ secret }), page.items);
    return page.items.map(({ personId, erased }) => ({ personId, reason: reveal.reason, erased, ...details.get(personId) }))[0];
  },
});

export class ListReveals extends Paged {
  @IsOptional() @IsId() personId?: string;
  /** Revealed on this day or later. */
  @IsOptional() @IsDay() since?: string;
}

/** 查看记录: who was shown whose details in clear, when and why. */
export const listReveals = defineQuery({
  name: 'list-reveals',
  title: { zh: '个人信息查看记录', en: 'List who was shown personal data' },
  input: ListReveals,
  example: { limit: 50, personId: 'p-1' },
  answer: aPage({ revealId: 'v-1', personId: 'p-1', actor: 'village-official', reason: 'VERIFICATION', reference: 'case-12', recordedAt: 1_658_289_600_000, villageId: 'r-410308103210' }),
  may: { roles: ['TOWN_OFFICIAL', 'DISTRICT_OFFICIAL'] },
  views: ['persons'],
  run: ({ input, db, scope, schemaOf }) => {
    const schema = schemaOf('persons');
    const rows = `
      select r.reveal_id as "revealId", r.person_id as "personId", r.actor, r.reason, r.reference, r.recorded_at as "recordedAt", p."villageId"
      from ${schema}.reveals r left join (${personsOn(schema, `'infinity'::date`)}) p on p."personId" = r.person_id`;
    return new Listing()
      .within(scope, { village: '"villageId"' })
      .where(input.personId, (place) => `"personId" = ${place}`)
      .where(input.since === undefined ? undefined : Date.parse(`${input.since}T00:00:00+08:00`), (place) => `"recordedAt" >= ${place}`)
      .page(db, rows, 'revealId', input);
  },
});
