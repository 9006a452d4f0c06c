import { EVERYONE } from '#contracts';
import { inScope } from '#auth';
import { defineQuery } from '#service-kit';
import { fromDayNumber } from '#standards';
import type { Attributes, Kind } from '../ledger/types.js';
import type { Envelope } from '../store/versions.js';
import { EventInput } from './input.js';

interface Row {
  readonly kind: Kind;
  readonly key: string;
  readonly subject: string;
  readonly day_from: number;
  readonly day_to: number | null;
  readonly rec: number;
  readonly voided: boolean;
  readonly attributes: Attributes;
  readonly event: Envelope;
  readonly villages: readonly string[];
}

/** Where a fact without a village of its own lies: the homes and land of those it names. */
const VILLAGES = (schema: string): string => `array(
  select p.attributes->>'villageId' from ${schema}.versions p
  where (p.household = v.household and p.kind = 'home') or (p.parcel = v.parcel and p.kind = 'land') or (p.cooperative = v.cooperative and p.kind = 'seat' and v.household is null))`;

const seen = (scope: Parameters<typeof inScope>[0], { attributes, villages }: Row): boolean => {
  const { cooperativeId: cooperative, enterpriseId: enterprise, villageId, regionId } = attributes;
  return regionId !== undefined || [villageId, ...villages].some((village) => inScope(scope, { village, cooperative, enterprise }));
};

/** 事件: the envelope of an event that states a fact, and the fact as it then stood. Holds no personal data. */
export const event = defineQuery({
  name: 'event',
  title: { zh: '事件', en: 'An event' },
  input: EventInput,
  example: { id: 'cooperative:0:17' },
  may: { roles: EVERYONE },
  run: async ({ input, db, schemaOf, scope }) => {
    const schema = schemaOf('figures');
    const [service, lane, position] = input.id.split(':');
    const { rows } = await db.query<Row>(
      `select v.kind, v.key, v.subject, v.day_from, v.day_to, v.rec, v.voided, v.attributes, v.event, ${VILLAGES(schema)} as villages
       from ${schema}.versions v where v.service = $1 and v.lane = $2 and v.position = $3`,
      [service, Number(lane), Number(position)],
    );
    const row = rows[0];
    if (!row || !(scope.everywhere || seen(scope, row))) return undefined;
    const { kind, key, subject, day_from, day_to, voided, attributes, rec } = row;
    return {
      id: input.id, ...row.event, recordedAt: new Date(Number(rec)).toISOString(),
      fact: { kind, key, subject, from: fromDayNumber(day_from), through: day_to === null ? null : fromDayNumber(day_to - 1), voided, attributes },
    };
  },
});
