import type { Day } from './day.js';
import type { Kind, SubjectKind } from './types.js';

const placeIn = (kind: Kind) => (day: Day): string | undefined => day.of(kind)[0]?.attributes.villageId;

/** A contract stands where its cooperative does. */
const placeOfContract = (day: Day): string | undefined => {
  const [told] = [...day.all('line'), ...day.all('contract'), ...day.all('delivery')];
  return day.of('seat').find((seat) => seat.attributes.cooperativeId === told?.attributes.cooperativeId)?.attributes.villageId;
};

const PLACES: Record<SubjectKind, (day: Day) => string | undefined> = {
  village: (day) => day.subject.id,
  household: placeIn('home'),
  parcel: placeIn('land'),
  enterprise: placeIn('enterprise'),
  cooperative: placeIn('seat'),
  contract: placeOfContract,
};

/** The kind of fact without which a subject stands nowhere; null: it is its own place. */
export const PLACED_BY: Readonly<Record<SubjectKind, Kind | null>> = { village: null, household: 'home', parcel: 'land', enterprise: 'enterprise', cooperative: 'seat', contract: 'seat' };

/** Where a subject stands on a day: home, land, seat of the cooperative, the enterprise's village. */
export const villageOf = (day: Day): string | undefined => PLACES[day.subject.kind](day);
