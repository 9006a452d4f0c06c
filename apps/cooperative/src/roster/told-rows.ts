import { type Cell, EMPTY, judgeRows, judgeTable, openBook, openTable, type ReadRow, regionsOn, type RowVerdict, Unreadable } from '#workbook';
import { identityCheckCharacter } from '#standards';
import { knownMembers, type KnownLine } from './known-members.js';
import { memberRoster } from './member-roster.sheet.js';
import { readRegions, SHIPPED_REGIONS } from './regions.js';
import type { RosterColumn } from './surroundings.js';
import { verdictLine } from './verdict-lines.js';

/** A valid synthetic number: `numberOf('19600101', 7)`. */
export const numberOf = (birth: string, sequence: number, region = '999999'): string => {
  const body = `${region}${birth}${String(sequence).padStart(3, '0')}`;
  return body + identityCheckCharacter(body);
};

export type Told = Partial<Record<RosterColumn, string | Cell>>;
let made = 0;
/** A head of household in 白鹿庄村 who is like nobody else, with what the sentence is about put in. */
export const person = (told: Told = {}): Told => {
  made += 1;
  const year = 1930 + (made % 70);
  return { name: `某${String.fromCharCode(0x4e00 + made)}`, id: numberOf(`${year}0101`, made % 1000), relation: '户主', village: '白鹿庄村', ...told };
};

const cellOf = (told: string | Cell | undefined): Cell => (typeof told === 'string' ? { kind: 'text', text: told } : (told ?? EMPTY));
export const rowsOf = (rows: readonly Told[]): ReadRow[] => rows.map((told, i) => ({ row: i + 2, hidden: false, cells: memberRoster.columns.map(({ id }) => cellOf(told[id])) }));

export interface Around {
  readonly today?: string;
  readonly allowTestIds?: boolean;
  readonly known?: readonly KnownLine[];
}
export const surroundings = ({ today = '2022-07-18', allowTestIds = true, known = [] }: Around = {}) => {
  const around = { today, allowTestIds, regions: regionsOn(readRegions(SHIPPED_REGIONS), today) };
  return { ...around, known: knownMembers(known, '甲社', around) };
};

/** The first row is row 2. */
export const verdicts = (rows: readonly Told[], around: Around = {}): RowVerdict[] => judgeRows(memberRoster, surroundings(around), rowsOf(rows));
/** `ERROR id-missing@id`, `NEW`, `DUPLICATE 2`: verdict, errors, warnings and the other row of each. */
export const told = (rows: readonly Told[], around: Around = {}): string[] =>
  verdicts(rows, around).map((verdict) => verdictLine(verdict, { no: '', name: '' }).slice(3).filter(Boolean).join(' '));
/** Notes of the first row. */
export const notes = (row: Told, around: Around = {}): string[] =>
  (verdicts([row], around)[0]?.reasons ?? []).filter(({ severity }) => severity === 'note').map(({ code, column, right }) => `${code}@${column}${right ? ` ${right}` : ''}`);

/** How many rows of a roster file were judged, or the code with which it was refused; anything else is a crash. */
export const outcomeOf = async (file: string, around: ReturnType<typeof surroundings>): Promise<string> => {
  try {
    const book = await openBook(file);
    try {
      return `${[...(await judgeTable(await openTable(book, memberRoster), memberRoster, around)).verdicts].length}`;
    } finally {
      book.close();
    }
  } catch (error) {
    if (error instanceof Unreadable) return error.code;
    throw error;
  }
};
