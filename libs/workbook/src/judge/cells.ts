import type { Cell, ReadRow } from '../read/cell.js';
import type { Layout } from '../read/layout.js';
import type { Column, Sheet } from '../sheet/define-sheet.js';
import type { Finding, Reading, Surroundings } from '../sheet/kind.js';

const EMPTY_READING: Reading = { value: '', valid: true, findings: [] };
/** Different cells of one column that are remembered: dates, areas and words repeat. */
const MOST_REMEMBERED = 20_000;

type ReadCell = (cell: Cell, before: Readonly<Record<string, Reading>>) => Reading;

/** A cell that says nothing: an error, a formula saved without its value. Where anything is accepted it is simply empty. */
const speechless = (cell: Cell): boolean => cell.kind === 'error' || (cell.formula === true && cell.text === '');

const isBlank = (cell: Cell): boolean => cell.kind === 'text' && !cell.formula && (cell.text === '' || cell.text.trim() === '');

const remembering = (fresh: ReadCell): ReadCell => {
  const remembered = new Map<string, Reading>();
  return (cell, before) => {
    const key = `${cell.formula ? 'f' : ''}${cell.kind}${cell.text}`;
    const known = remembered.get(key);
    if (known) return known;
    const reading = fresh(cell, before);
    if (remembered.size < MOST_REMEMBERED) remembered.set(key, reading);
    return reading;
  };
};

const readerOf = <S extends Surroundings>(sheet: Sheet<string, S>, column: Column, { unit, surroundings }: { unit?: string; surroundings: S }): ReadCell => {
  const { id, kind } = column;
  const open = kind.name === 'anything' || kind.name === 'serial';
  const isError = (finding: Finding): boolean => sheet.codes[finding.code]?.severity === 'error';
  const missing: Reading = column.required ? { value: '', valid: false, findings: [{ code: `${id}-missing`, column: id }] } : EMPTY_READING;
  const picture: Reading = { ...missing, findings: [...missing.findings, { code: 'picture-cell', column: id }] };
  const unread = (cell: Cell): Reading => (open ? EMPTY_READING : { value: '', valid: false, findings: [{ code: 'cell-error', column: id, read: cell.text }] });
  const spoken: ReadCell = (cell, before) => {
    const { value, findings = [] } = kind.read({ column: id, cell, unit, surroundings, before });
    const all = cell.formula && !open ? [...findings, { code: 'formula-value', column: id, read: cell.text }] : findings;
    return { value: value ?? '', valid: value !== null && !all.some(isError), findings: all };
  };
  const fresh: ReadCell = (cell, before) => (cell.kind === 'picture' ? picture : speechless(cell) ? unread(cell) : spoken(cell, before));
  const read = kind.repeats ? remembering(fresh) : fresh;
  return (cell, before) => (isBlank(cell) ? missing : read(cell, before));
};

/** Reads a row's cells in the order of the declaration. */
export const cellReader = <S extends Surroundings>(sheet: Sheet<string, S>, layout: Pick<Layout, 'headings'>, surroundings: S): ((row: ReadRow) => Record<string, Reading>) => {
  const readers = sheet.columns.map((column) => [column.id, readerOf(sheet, column, { unit: layout.headings.get(column.id)?.unit, surroundings })] as const);
  return ({ cells }) => {
    const readings: Record<string, Reading> = {};
    for (let i = 0; i < readers.length; i += 1) {
      const [id, read] = readers[i] as (typeof readers)[number];
      readings[id] = read(cells[i] as Cell, readings);
    }
    return readings;
  };
};

/** Canonical values by column, an empty cell standing for what its absence means. */
export const valuesOf = (columns: readonly Column[], readings: Readonly<Record<string, Reading>>): Record<string, string> => {
  const values: Record<string, string> = {};
  for (const { id, absent } of columns) {
    const reading = readings[id] as Reading;
    values[id] = reading.value === '' && reading.valid && absent !== undefined ? absent : reading.value;
  }
  return values;
};

/** One cell judged alone, as if it stood in a row with nothing else. */
export const checkCell = <Id extends string, S extends Surroundings>(sheet: Sheet<Id, S>, id: Id, cell: Cell, surroundings: Surroundings): Reading => {
  const column = sheet.columns.find((one) => one.id === id) as Column;
  return readerOf(sheet as unknown as Sheet<string, Surroundings>, column, { surroundings })(cell, {});
};
