import type { Day } from './day.js';
import type { Kind, SubjectKind } from './types.js';

/** The kind of fact that says where a subject stands, and without which it stands nowhere; null: it is its own place. */
export const PLACED_BY: Readonly<Record<SubjectKind, Kind | null>> = { village: null, household: 'home', parcel: 'land', enterprise: 'enterprise', cooperative: 'seat', contract: 'seat' };

/** A contract stands where its cooperative does. */
const placeOfContract = (day: Day): string | undefined => {
  const [told] = [...day.all('line'), ...day.all('contract'), ...day.all('delivery')];
  return day.of('seat').find((seat) => seat.attributes.cooperativeId === told?.attributes.cooperativeId)?.attributes.villageId;
};

/** Where a subject stands on a day: home, land, seat of the cooperative, the enterprise's village. */
export const villageOf = (day: Day): string | undefined => {
  const { kind, id } = day.subject;
  const placing = PLACED_BY[kind];
  if (placing === null) return id;
  return kind === 'contract' ? placeOfContract(day) : day.of(placing)[0]?.attributes.villageId;
};
