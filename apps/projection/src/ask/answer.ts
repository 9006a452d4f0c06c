import type { Text } from '#decider';
import { fromDayNumber } from '#standards';
import type { Measure } from '../ledger/measure.js';
import { grantedRegions, type Question } from './question.js';
import { type FigureKey, NO_UNIT, tokenOf } from './token.js';

/** provisional: may still move · final: the same for ever · incomplete: over an event that an operator let the view skip. */
export type Standing = 'provisional' | 'final' | 'incomplete';

export interface RegionTold {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

/** Every answer says what it is an answer to. */
export interface Told {
  readonly measure: string;
  readonly unit: Text;
  readonly region: RegionTold | null;
  /** Of a part of a period figure: only of the days on which the region lay in this unit, or in none (id '') */
  readonly within: RegionTold | null;
  readonly group: string | null;
  readonly asOf: string;
  readonly from: string | null;
  readonly knownAt: string | null;
  readonly watermark: string;
  readonly standing: Standing;
  readonly definition: { readonly name: string; readonly version: number; readonly title: Text; readonly text: Text };
  readonly scope: ScopeTold;
}
export interface ScopeTold {
  readonly everywhere: boolean;
  readonly regions: readonly string[];
  readonly cooperatives: readonly string[];
  readonly enterprises: readonly string[];
}
export interface FigureAnswer extends Told {
  readonly value: number;
  /** Opens the figure: `/projection/drill?token=…` */
  readonly drill: string;
}

const standingOf = ({ ledger, key }: Question): Standing => {
  if (ledger.skipped > 0) return 'incomplete';
  return key.knownAt === null ? 'provisional' : 'final';
};

export const definitionOf = ({ name, version, title, definition }: Measure): Told['definition'] => ({ name, version, title, text: definition });

const regionTold = ({ key, ledger: { tree } }: Question, id: string | null): RegionTold | null => {
  const unit = id === null ? undefined : tree.known(id, key.asOf);
  if (unit) return { id: unit.id, code: unit.code, name: unit.name };
  return id === NO_UNIT ? { id, code: '', name: '' } : null;
};

const instant = (ms: number): string => new Date(ms).toISOString();

export const toldOf = (question: Question): Told => {
  const { key, ledger, measure } = question;
  const { everywhere, cooperatives, enterprises } = ledger.scope;
  return {
    measure: measure.name,
    unit: measure.unit,
    region: regionTold(question, key.region),
    within: regionTold(question, key.within),
    group: key.group === '' ? null : key.group.replace('=', ':'),
    asOf: fromDayNumber(key.asOf),
    from: key.from === null ? null : fromDayNumber(key.from),
    knownAt: key.knownAt === null ? null : instant(key.knownAt),
    watermark: instant(ledger.watermark),
    standing: standingOf(question),
    definition: definitionOf(measure),
    scope: { everywhere, regions: grantedRegions(ledger) ?? [], cooperatives: [...cooperatives], enterprises: [...enterprises] },
  };
};

export const figureAnswer = (question: Question, value: number): FigureAnswer => ({ value, ...toldOf(question), drill: tokenOf(question.key) });

/** The same figure of a part: its own value and token. */
export const partOf = ({ key }: Question, part: Partial<FigureKey>, value: number): { value: number; drill: string } => ({
  value,
  drill: tokenOf({ ...key, ...part }),
});
