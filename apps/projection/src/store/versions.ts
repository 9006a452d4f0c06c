import { factOf } from '#contracts';
import type { FoldBatch, RecordedEvent, Sql } from '#decider';
import type { Tx } from '#postgres';
import { dayNumber } from '#standards';
import { KINDS, type Attributes, type Kind, type Version } from '../ledger/types.js';

const isKind = (kind: string): kind is Kind => (KINDS as readonly string[]).includes(kind);

/** The fact version an event states, or null when no measure reads that kind of fact. */
export const versionOf = (event: RecordedEvent): Version | null => {
  const fact = factOf(event);
  if (!fact || !isKind(fact.kind)) return null;
  const attributes = fact.attributes as Attributes;
  return {
    kind: fact.kind,
    key: fact.key,
    subject: fact.subject,
    from: dayNumber(fact.from),
    to: fact.to === null ? Infinity : dayNumber(fact.to),
    rec: event.recordedAt,
    service: event.service,
    lane: event.lane,
    position: event.position,
    voided: fact.voided,
    due: attributes.due === undefined ? null : dayNumber(attributes.due),
    attributes,
    eventId: event.id,
  };
};

/** What a version keeps of its event beside the fact, to be opened from a figure. */
export interface Envelope {
  readonly type: string;
  readonly stream: string;
  readonly version: number;
  readonly occurredOn: string;
  readonly actor: string;
  readonly source: string;
  readonly commandId: string;
}
const envelopeOf = ({ type, stream, version, occurredOn, origin }: RecordedEvent): Envelope => ({
  type, stream, version, occurredOn, actor: origin.actor, source: origin.source, commandId: origin.commandId,
});

export interface Stated {
  readonly version: Version;
  readonly event: RecordedEvent;
}
/** The latest recordedAt of a batch. */
export const latestOf = ({ events }: FoldBatch): number => events.reduce((latest, { recordedAt }) => Math.max(latest, recordedAt), 0);

export const statedBy = (batch: FoldBatch): Stated[] =>
  batch.events.flatMap((event) => {
    const version = versionOf(event);
    return version ? [{ version, event }] : [];
  });

const COLUMNS = [
  'kind', 'key', 'subject', 'day_from', 'day_to', 'rec', 'service', 'lane', 'position', 'voided', 'due',
  'household', 'person', 'parcel', 'binding', 'cooperative', 'contract', 'attributes', 'event', 'fold',
] as const;

const rowOf = ({ version: v, event }: Stated, fold: number): unknown[] => {
  const a = v.attributes;
  return [
    v.kind, v.key, v.subject, v.from, v.to === Infinity ? null : v.to, v.rec, v.service, v.lane, v.position, v.voided, v.due,
    a.householdId ?? null, a.personId ?? null, a.parcelId ?? null, a.bindingId ?? null, a.cooperativeId ?? null, a.contractId ?? null,
    JSON.stringify(a), JSON.stringify(envelopeOf(event)), fold,
  ];
};

function* rows(stated: readonly Stated[], fold: number): Generator<unknown[]> {
  for (const one of stated) yield rowOf(one, fold);
}
/** Keeps the versions, under the number of the fold that brought them. */
export const keepVersions = (tx: Tx, schema: string, stated: readonly Stated[], fold: number): Promise<void> =>
  tx.copy(`${schema}.versions`, COLUMNS, rows(stated, fold));

type VersionRow = readonly [
  kind: Kind, key: string, subject: string, from: number, to: number | null, rec: number,
  service: string, lane: number, position: number, voided: boolean, due: number | null, attributes: Attributes,
];
const READ = 'v.kind, v.key, v.subject, v.day_from, v.day_to, v.rec, v.service, v.lane, v.position, v.voided, v.due, v.attributes';

const fromRow = ([kind, key, subject, from, to, rec, service, lane, position, voided, due, attributes]: VersionRow): Version => ({
  kind, key, subject, from, to: to ?? Infinity, rec, service, lane, position, voided, due, attributes, eventId: `${service}:${lane}:${position}`,
});

/** They come as one text: one value is far cheaper to receive than twelve a row. */
const readFrom = async (sql: Sql, from: string, values: readonly unknown[]): Promise<Version[]> => {
  const { rows } = await sql.query<{ found: string | null }>(`select string_agg(json_build_array(${READ})::text, ',') as found from ${from}`, values);
  const found = rows[0]?.found;
  return found ? (JSON.parse(`[${found}]`) as VersionRow[]).map(fromRow) : [];
};

/** Versions chosen by a condition on `versions v`. */
export const readVersions = (sql: Sql, schema: string, where: string, values: readonly unknown[]): Promise<Version[]> => readFrom(sql, `${schema}.versions v where ${where}`, values);

/**
 * Versions of the keys that a query tells, each key looked up by itself: a planner that knows the table from when it was small
 * would read all of it for every chunk.
 */
export const readVersionsOf = (sql: Sql, schema: string, { keys, where }: { keys: string; where: string }, values: readonly unknown[]): Promise<Version[]> =>
  readFrom(sql, `(${keys}) k cross join lateral (select * from ${schema}.versions where key = k.key offset 0) v where ${where}`, values);
