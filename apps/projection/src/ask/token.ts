import { badToken } from './refusals.js';

/** In the place of a unit: the one above a unit that has none, or that of a village which lay in none. */
export const NO_UNIT = '';

/**
 * All that makes a figure what it is: asked again with it, the same figure opens. It grants nothing: who opens it sees what he may.
 *
 * Which villages a region has: for a stock those that lie in it on asOf; for a period figure, day by day, those that lay in it on
 * the cohort day, so a village that changed towns in the period counts in each with its days there. A part of such a figure is
 * what fell to a unit while it lay `within` the region told apart; there is one for every unit that did on some day of the
 * period, so the parts sum to the whole, and the unit's own figure may be more than its part.
 */
export interface FigureKey {
  readonly measure: string;
  readonly version: number;
  /** '' or `dimension=value`. */
  readonly group: string;
  /** Region id; null: all there is. */
  readonly region: string | null;
  /** Only while the region lay within this unit, or below none ({@link NO_UNIT}; of no region: what lay in none). Null: whenever. */
  readonly within: string | null;
  readonly from: number | null;
  readonly asOf: number;
  readonly knownAt: number | null;
}

export const tokenOf = (key: FigureKey): string =>
  Buffer.from(JSON.stringify([key.measure, key.version, key.group, key.region, key.from, key.asOf, key.knownAt, ...(key.within === null ? [] : [key.within])])).toString('base64url');

const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';
const isNumberOrNull = (value: unknown): value is number | null => value === null || Number.isSafeInteger(value);

/** @throws Problem for what no figure has given out */
export const readToken = (token: string): FigureKey => {
  const parts = parse(token);
  const [measure, version, group, region, from, asOf, knownAt, within = null] = parts;
  const texts = typeof measure === 'string' && typeof group === 'string' && isTextOrNull(region) && isTextOrNull(within);
  const numbers = [version, asOf].every(Number.isSafeInteger) && [from, knownAt].every(isNumberOrNull);
  if (!texts || !numbers) throw badToken();
  return { measure, version: version as number, group, region, within, from: from as number | null, asOf: asOf as number, knownAt: knownAt as number | null };
};

const parse = (token: string): unknown[] => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
};
