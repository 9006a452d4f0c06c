import type { Criterion, EnteredValue, FigureAsked } from '#contracts';
import { Problem, type QueryContext } from '#service-kit';
import { figuresIn } from './inputs.js';
import type { Figure } from './score.js';

export type Ask = QueryContext<unknown>['ask'];

/** Where and when the figures are asked for. */
export interface When {
  /** Region id or code; undefined: all there is. */
  readonly region?: string;
  readonly asOf: string;
  readonly knownAt?: string;
}

/** What we read of the projection's answer to a breakdown by village. */
interface Breakdown {
  readonly definition: { readonly version: number };
  readonly watermark: string;
  readonly standing: string;
  /** First day of the period; null: a stock. */
  readonly from: string | null;
  readonly parts: readonly { id: string; value: number; drill: string }[];
}

/** The figures of many villages, each asked for once. */
export interface Figures {
  of(village: string, measure: string, group: string | null): Figure | undefined;
  /** The earliest of the answers, ISO; null when nothing was asked. */
  readonly watermark: string | null;
  /** Whether an answer was over an event that an operator let the projection skip. */
  readonly incomplete: boolean;
}

type Values = ReadonlyMap<string, ReadonlyMap<string, { readonly value: EnteredValue }>>;

/** The groups of a figure that some village needs: null when it has none, else one for each value entered. */
const groupsOf = ({ group }: FigureAsked, values: Values): readonly (string | null)[] => {
  if (!group) return [null];
  const entered = [...values.values()].map((mine) => mine.get(group.input)?.value);
  return [...new Set(entered)].filter((value) => typeof value === 'string' && value !== '').map((value) => `${group.dimension}:${String(value)}`);
};

const nameOf = (measure: string, group: string | null): string => `${measure} ${group ?? ''}`;

const answerOf = async (ask: Ask, measure: string, params: When & { group?: string }): Promise<Breakdown | null> => {
  try {
    return await ask<Breakdown>('projection', `/figures/${measure}/by/village`, { ...params });
  } catch (error) {
    // A sheet may name a measure or group that the projection does not have: that is unknown, and no reason to stop.
    if (error instanceof Problem && error.kind === 'malformed') return null;
    throw error;
  }
};

/**
 * Of a region, the parts of a period figure hold only the days on which a village lay in it; of all there is they hold whole
 * villages. A part that is the region itself is a whole village anyway.
 */
const wholeVillages = async (ask: Ask, measure: string, params: When & { group?: string }): Promise<Breakdown | null> => {
  const answer = await answerOf(ask, measure, params);
  const whole = !answer || answer.from === null || params.region === undefined || answer.parts.some(({ id }) => id === params.region);
  return whole ? answer : answerOf(ask, measure, { ...params, region: undefined });
};

/** Asks the projection, by village, for every figure that the criteria name. */
export const figuresOf = async (ask: Ask, criteria: readonly Criterion[], values: Values, when: When): Promise<Figures> => {
  const asked = criteria.flatMap(({ tests }) => tests.flatMap(figuresIn)).flatMap((figure) => groupsOf(figure, values).map((group) => [figure.measure, group] as const));
  const distinct = new Map(asked.map(([measure, group]) => [nameOf(measure, group), { measure, group }]));
  const answers = new Map<string, Breakdown>();
  for (const [name, { measure, group }] of distinct) {
    const answer = await wholeVillages(ask, measure, { ...when, ...(group === null ? {} : { group }) });
    if (answer) answers.set(name, answer);
  }
  const parts = new Map([...answers].map(([name, answer]) => [name, new Map(answer.parts.map((part) => [part.id, part]))]));
  const told = [...answers.values()];
  return {
    of: (village, measure, group) => {
      const name = nameOf(measure, group);
      const [part, version] = [parts.get(name)?.get(village), answers.get(name)?.definition.version];
      return part && version !== undefined ? { value: part.value, drill: part.drill, version } : undefined;
    },
    watermark: told.map(({ watermark }) => watermark).sort()[0] ?? null,
    incomplete: told.some(({ standing }) => standing === 'incomplete'),
  };
};
