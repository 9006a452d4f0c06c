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

/** What stands over one column, what it means, and which of two rows said so. */
interface Over {
  readonly id?: string;
  readonly text: string;
  readonly by?: 'both' | 'lower' | 'upper';
}

/** One column's heading over one or two rows: the upper with the lower (户主 over 姓名), then the lower, then the upper alone. */
const headingAt = (words: ReadonlyMap<string, string>, upper: string, lower: string): Over => {
  const tries = lower === '' ? [[upper, 'upper'] as const] : [[upper + lower, 'both'] as const, [lower, 'lower'] as const, [upper, 'upper'] as const];
  for (const [text, by] of tries) {
    const id = text === '' ? undefined : idOf(words, text);
    if (id !== undefined) return { id, text, by };
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

const headingsOver = (words: ReadonlyMap<string, string>, upper: RawRow, lower: RawRow | null): Over[] => {
  const over = lower ? spread(upper, lower) : upper.cells.map((_, i) => textAt(upper, i + 1));
  return Array.from({ length: Math.max(over.length, lower?.cells.length ?? 0) }, (_, i) => headingAt(words, over[i] ?? '', lower ? textAt(lower, i + 1) : ''));
};

/** Two rows are one heading when the upper one tells something and most of the lower one are headings: neither a title above nor a first row below. */
const areTogether = (over: readonly Over[], lower: RawRow): boolean => {
  const below = over.filter((_, i) => textAt(lower, i + 1) !== '');
  const meant = below.filter(({ by }) => by === 'both' || by === 'lower');
  return over.some(({ by }) => by === 'both' || by === 'upper') && meant.length * 2 > below.length;
};

const build = (words: ReadonlyMap<string, string>, upper: RawRow, lower: RawRow | null): FoundHeading | null => {
  const over = headingsOver(words, upper, lower);
  if (lower && !areTogether(over, lower)) return null;
  const columns = new Map<string, number>();
  const headings = new Map<string, { text: string; unit?: string }>();
  const unknown: Heading[] = [];
  const repeated: (Heading & { id: string })[] = [];
  over.forEach(({ id, text }, i) => {
    if (text === '') return;
    if (id === undefined) return void unknown.push({ heading: text, column: i + 1 });
    if (columns.has(id)) return void repeated.push({ id, heading: text, column: i + 1 });
    columns.set(id, i + 1);
    headings.set(id, { text, unit: unitIn(text) });
  });
  return { rows: [upper.row, lower?.row ?? upper.row], columns, headings, unknown, repeated };
};

const score = ({ columns, repeated, rows: [first, last] }: FoundHeading): number => columns.size * 100 - repeated.length - (last - first);

/** Enough of the declared columns, one that is required among them, for the row to be a heading. */
export const isHeading = (sheet: Pick<Sheet, 'columns'>, found: FoundHeading): boolean =>
  found.columns.size >= Math.min(2, sheet.columns.length) && sheet.columns.some(({ id, required }) => required && found.columns.has(id));

const candidatesAt = (words: ReadonlyMap<string, string>, row: RawRow, below: RawRow | undefined): (FoundHeading | null)[] =>
  below?.row === row.row + 1 ? [build(words, row, null), build(words, row, below)] : [build(words, row, null)];

/** The best heading in these rows, of one row or of two; the earlier where two are as good. @param at one of its rows, where a person said so */
export const findHeading = (sheet: Pick<Sheet, 'columns'>, rows: readonly RawRow[], at?: number): FoundHeading | null => {
  const words = headingWords(sheet.columns);
  const candidates = rows.flatMap((row, i) => candidatesAt(words, row, rows[i + 1])).filter((found) => found !== null);
  const there = candidates.filter((found) => isHeading(sheet, found) && (at === undefined || found.rows.includes(at)));
  return there.reduce<FoundHeading | null>((best, found) => (best && score(best) >= score(found) ? best : found), null);
};
