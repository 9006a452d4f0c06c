import { badToken } from './refusals.js';

/** All that makes a figure what it is: asked again with it, the same figure opens. It grants nothing: who opens it sees what he may. */
export interface FigureKey {
  readonly measure: string;
  readonly version: number;
  /** '' or `dimension=value`. */
  readonly group: string;
  /** Region id; null: all there is. */
  readonly region: string | null;
  readonly from: number | null;
  readonly asOf: number;
  readonly knownAt: number | null;
}

export const tokenOf = (key: FigureKey): string =>
  Buffer.from(JSON.stringify([key.measure, key.version, key.group, key.region, key.from, key.asOf, key.knownAt])).toString('base64url');

const isNumberOrNull = (value: unknown): value is number | null => value === null || Number.isSafeInteger(value);

/** @throws Problem for what no figure has given out */
export const readToken = (token: string): FigureKey => {
  const parts = parse(token);
  const [measure, version, group, region, from, asOf, knownAt] = parts;
  const texts = typeof measure === 'string' && typeof group === 'string' && (region === null || typeof region === 'string');
  const numbers = [version, asOf].every(Number.isSafeInteger) && [from, knownAt].every(isNumberOrNull);
  if (!texts || !numbers) throw badToken();
  return { measure, version: version as number, group, region, from: from as number | null, asOf: asOf as number, knownAt: knownAt as number | null };
};

const parse = (token: string): unknown[] => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
};
