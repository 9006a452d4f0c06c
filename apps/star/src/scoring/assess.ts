import type { StandardSheet, StarKind } from '#contracts';
import type { Database } from '#postgres';
import type { ViewReader } from '#service-kit';
import { sheetOn } from '../sheet/standard-sheet.js';
import { sheetsKnown } from '../sheet/standard-sheets.view.js';
import { valuesInForce } from '../value/star-values.view.js';
import { figuresOf, type Ask } from './figures.js';
import { score, type Score, type Value } from './score.js';

/** By whom it is looked at: a query in the caller's name, or the worker. */
export interface Looking extends Pick<ViewReader, 'schemaOf'> {
  readonly db: Database;
  readonly ask: Ask;
}
export interface Asked {
  readonly star: StarKind;
  readonly villages: readonly string[];
  /** A region that holds them all, so that no more is asked of the projection; undefined: all there is. */
  readonly region?: string;
  readonly asOf: string;
  /** Epoch ms; null: all that is known. */
  readonly knownAt: number | null;
}
export interface Assessment {
  readonly sheet: StandardSheet;
  readonly scores: ReadonlyMap<string, Score>;
  /** What was entered, by village and input. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  /** Of the projection's answers, ISO; null when none was asked. */
  readonly watermark: string | null;
  readonly incomplete: boolean;
}

export const sheetInForce = async ({ db, schemaOf }: Pick<Looking, 'db' | 'schemaOf'>, { star, asOf, knownAt }: Pick<Asked, 'star' | 'asOf' | 'knownAt'>): Promise<StandardSheet | undefined> => {
  const sheets = await sheetsKnown(db, schemaOf('standard_sheets'), knownAt);
  return sheetOn(sheets.filter((sheet) => sheet.star === star), asOf);
};

/** The star of each village as of a day, by the sheet in force on it; undefined: there is none. */
export const assess = async (looking: Looking, asked: Asked): Promise<Assessment | undefined> => {
  const { villages, region, asOf, knownAt } = asked;
  const sheet = await sheetInForce(looking, asked);
  if (!sheet) return undefined;
  const values = await valuesInForce(looking.db, looking.schemaOf('star_values'), villages, { asOf, knownAt });
  const figures = await figuresOf(looking.ask, sheet.criteria, values, { region, asOf, knownAt: knownAt === null ? undefined : new Date(knownAt).toISOString() });
  const scoreOf = (village: string): Score => {
    const mine = values.get(village);
    return score(sheet.criteria, { value: (input) => mine?.get(input), figure: (measure, group) => figures.of(village, measure, group) });
  };
  return { sheet, values, scores: new Map(villages.map((village) => [village, scoreOf(village)])), watermark: figures.watermark, incomplete: figures.incomplete };
};
