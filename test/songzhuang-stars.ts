import { ACCEPTANCE } from '../apps/platform/src/sample/expected.js';
import type { Village } from '../apps/platform/src/sample/villages.js';

/** A question under the caller's own way of asking: by path, answered with the body. */
type Ask = (url: string) => Promise<Record<string, unknown>>;
interface Explained {
  readonly id: string;
  readonly tests: readonly { readonly value: unknown; readonly figures: readonly { readonly drill: string; readonly value: number }[] }[];
}
/** As in the acceptance file: an unknown criterion with a question mark. */
interface Line {
  readonly code: string;
  readonly ti2: unknown;
  readonly ti5: unknown;
  readonly chain: boolean;
  readonly star: boolean;
  readonly unmet: string;
}

export const starOf = async (ask: Ask, village: string, when: string = `asOf=${ACCEPTANCE.asOf}`) =>
  (await ask(`/star/villages/${village}?${when}`)) as { result: string; unmet: string[]; unknown: string[]; criteria: Explained[] };

const lineOf = async (ask: Ask, code: string, when?: string): Promise<Line> => {
  const { result, unmet, unknown, criteria } = await starOf(ask, code, when);
  const test = (id: string, at: number) => criteria.find((criterion) => criterion.id === id)?.tests[at]?.value;
  return { code, ti2: test('TI-2', 0), ti5: test('TI-5', 1), chain: Number(test('TI-5', 0)) >= 1, star: result === 'MET', unmet: [...unmet, ...unknown.map((id) => `${id}?`)].join() };
};

/** The acceptance file for the stars, line by line, as it is answered. */
export const starLines = (ask: Ask, villages: readonly Village[], when?: string): Promise<Line[]> => Promise.all(villages.map(({ code }) => lineOf(ask, code, when)));
/** The same as it must be. */
export const expectedLines = (villages: readonly Village[]): Line[] => villages.map(({ code, star: { expected } }) => ({ code, ...expected }));
