import { normalise } from '#standards';
import type { Column, Sheet } from '../sheet/define-sheet.js';
import type { Heading } from './layout.js';
import type { RawRow } from './source.js';

/** Rows looked through for the heading. */
export const HEAD_ROWS = 60;

/** Heading rows, and what stands over which column. */
export interface FoundHeading {
  readonly rows: readonly [first: number, last: number];
  readonly columns: ReadonlyMap<string, number>;
  readonly headings: ReadonlyMap<string, { readonly text: string; readonly unit?: string }>;
  readonly unknown: readonly Heading[];
  readonly repeated: readonly (Heading & { readonly id: string })[];
}

const BRACKETS = /[([{【〔<][^)\]}】〕>]*[)\]}】〕>]/g;
const folded = (text: string): string => normalise(text).toLowerCase().replace(/[*※★:：、,。"“”']/g, '');
const withoutBrackets = (text: string): string => text.replace(BRACKETS, '');
/** `出资额（单位：万元）` → `万元`, `面积/亩` → `亩` */
const unitIn = (text: string): string | undefined => {
  const bracket = /[([【〔]([^)\]】〕]*)[)\]】〕]/.exec(normalise(text))?.[1] ?? /[/／]([^/／]+)$/.exec(normalise(text))?.[1];
  return bracket?.replace(/^单位[:：]?/, '') || undefined;
};

/** Column ids by every way of writing their headings. */
export const headingWords = (columns: readonly Column[]): ReadonlyMap<string, string> => {
  const words = new Map<string, string>();
  for (const { id, heading, synonyms } of columns) for (const word of [heading, ...synonyms]) words.set(folded(word), id);
  for (const { id, heading, synonyms } of columns) {
    for (const word of [heading, ...synonyms]) if (!words.has(withoutBrackets(folded(word)))) words.set(withoutBrackets(folded(word)), id);
  }
  return words;
};

const idOf = (words: ReadonlyMap<string, string>, text: string): string | undefined => {
  const whole = folded(text);
  return words.get(whole) ?? words.get(withoutBrackets(whole)) ?? words.get(withoutBrackets(whole).replace(/[/／].*$/, ''));
};

const textAt = (row: RawRow | undefined, column: number): string => row?.cells[column - 1]?.text.trim() ?? '';

/** One column's heading over one or two rows: the upper with the lower (户主 over 姓名), then the lower, then the upper alone. */
const headingAt = (words: ReadonlyMap<string, string>, upper: string, lower: string): { id?: string; text: string } => {
  const tries = lower === '' ? [upper] : [upper + lower, lower, upper];
  for (const text of tries) {
    const id = text === '' ? undefined : idOf(words, text);
    if (id !== undefined) return { id, text };
  }
  return { text: upper && lower ? `${upper} ${lower}` : upper + lower };
};

/** The upper row with each text held over the empty cells right of it that have something below. */
const spread = (upper: RawRow, lower: RawRow): string[] => {
  const texts: string[] = [];
  const width = Math.max(upper.cells.length, lower.cells.length);
  for (let column = 1; column <= width; column += 1) {
    const own = textAt(upper, column);
    texts.push(own !== '' || textAt(lower, column) === '' ? own : (texts[column - 2] ?? ''));
  }
  return texts;
};

/** What stands over each column: its text, and the column of the declaration that it means. */
const headingsOver = (words: ReadonlyMap<string, string>, upper: RawRow, lower: RawRow | null): { id?: string; text: string }[] => {
  const over = lower ? spread(upper, lower) : upper.cells.map((_, i) => textAt(upper, i + 1));
  return Array.from({ length: Math.max(over.length, lower?.cells.length ?? 0) }, (_, i) => headingAt(words, over[i] ?? '', lower ? textAt(lower, i + 1) : ''));
};

const build = (words: ReadonlyMap<string, string>, upper: RawRow, lower: RawRow | null): FoundHeading => {
  const columns = new Map<string, number>();
  const headings = new Map<string, { text: string; unit?: string }>();
  const unknown: Heading[] = [];
  const repeated: (Heading & { id: string })[] = [];
  headingsOver(words, upper, lower).forEach(({ id, text }, i) => {
    if (text === '') return;
    if (id === undefined) return void unknown.push({ heading: text, column: i + 1 });
    if (columns.has(id)) return void repeated.push({ id, heading: text, column: i + 1 });
    columns.set(id, i + 1);
    headings.set(id, { text, unit: unitIn(text) });
  });
  return { rows: [upper.row, lower?.row ?? upper.row], columns, headings, unknown, repeated };
};

const score = (found: FoundHeading): number => found.columns.size * 100 - found.repeated.length;

/** Enough of the declared columns, one that is required among them, for the row to be a heading. */
export const isHeading = (sheet: Pick<Sheet, 'columns'>, found: FoundHeading): boolean =>
  found.columns.size >= Math.min(2, sheet.columns.length) && sheet.columns.some(({ id, required }) => required && found.columns.has(id));

const candidatesAt = (words: ReadonlyMap<string, string>, row: RawRow, below: RawRow | undefined): FoundHeading[] =>
  below?.row === row.row + 1 ? [build(words, row, null), build(words, row, below)] : [build(words, row, null)];

/** The best heading in these rows, of one row or of two; the earlier, and the one of fewer rows, where two are as good. */
export const findHeading = (sheet: Pick<Sheet, 'columns'>, rows: readonly RawRow[], at?: number): FoundHeading | null => {
  const words = headingWords(sheet.columns);
  const candidates = rows.flatMap((row, i) => (at === undefined || row.row === at ? candidatesAt(words, row, rows[i + 1]) : []));
  return candidates.filter((found) => isHeading(sheet, found)).reduce<FoundHeading | null>((best, found) => (best && score(best) >= score(found) ? best : found), null);
};
