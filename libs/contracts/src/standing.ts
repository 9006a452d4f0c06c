import type { Happened } from './event.js';
import type { FactKind } from './fact.js';

/** The facts of one kind that stand on a stream, by key; a voided one stands no more. */
export interface Standing<D> {
  /** Facts ever stated, voided ones included: numbers the next key. */
  readonly made: number;
  readonly byKey: ReadonlyMap<string, D>;
}
interface Keyed {
  readonly factId: string;
  readonly from: string;
}
export const NONE: Standing<never> = { made: 0, byKey: new Map<string, never>() };

/** Folds an event of this kind of fact; any other event leaves all as it was. */
export const stand = <D extends Keyed>(standing: Standing<D>, fact: { readonly effects: FactKind['effects'] }, event: Pick<Happened, 'type' | 'data'>): Standing<D> => {
  const effect = fact.effects[event.type];
  if (!effect) return standing;
  const data = event.data as D;
  const byKey = new Map(standing.byKey);
  if (effect === 'voided') byKey.delete(data.factId);
  else byKey.set(data.factId, data);
  return { made: standing.made + (effect === 'stated' ? 1 : 0), byKey };
};

export const standingOnes = <D>(standing: Standing<D>): D[] => [...standing.byKey.values()];

/** A series holds one statement a day: the one of that day, other than `but`. */
export const statedOn = <D extends Keyed>(standing: Standing<D>, day: string, but?: string): D | undefined =>
  standingOnes(standing).find((fact) => fact.from === day && fact.factId !== but);

/** The statement with the latest day. */
export const latest = <D extends Keyed>(standing: Standing<D>): D | undefined =>
  standingOnes(standing).reduce<D | undefined>((last, fact) => (last && last.from > fact.from ? last : fact), undefined);

/** The fact with the given fields replaced (`undefined` leaves one alone), or null when that changes nothing. */
export const corrected = <D extends object>(fact: D, change: Partial<D>): D | null => {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const next = { ...fact, ...Object.fromEntries(given) } as D;
  return JSON.stringify(next) === JSON.stringify(fact) ? null : next;
};

interface Period {
  readonly from: string;
  readonly to: string | null;
}
/** Half-open days: do the two share one? */
export const overlap = (a: Period, b: Period): boolean => (b.to === null || a.from < b.to) && (a.to === null || b.from < a.to);
