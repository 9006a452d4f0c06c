import { type Cell, EMPTY, type ReadRow } from '../read/cell.js';
import type { Layout } from '../read/layout.js';
import type { Column, Sheet } from '../sheet/define-sheet.js';
import type { Finding, Reading, Surroundings } from '../sheet/kind.js';

const NOTHING: readonly never[] = [];
const EMPTY_READING: Reading = { value: '', valid: true, findings: NOTHING };
/** Different cells of one column that are remembered: dates, areas and words repeat. */
const MOST_REMEMBERED = 20_000;

type ReadCell = (cell: Cell, before: Readonly<Record<string, Reading>>) => Reading;

/** A cell that says nothing: an error, a formula saved without its value. Where anything is accepted it is simply empty. */
const speechless = (cell: Cell): boolean => cell.kind === 'error' || (cell.formula === true && cell.text === '');

const isBlank = (cell: Cell): boolean => cell === EMPTY || (cell.kind === 'text' && !cell.formula && (cell.text === '' || cell.text.trim() === ''));

/** The map of ordinary texts is asked by the text itself, which is in the file once however often it is meant. */
const remembering = (fresh: ReadCell): ReadCell => {
  const [texts, others] = [new Map<string, Reading>(), new Map<string, Reading>()];
  return (cell, before) => {
    const plain = cell.kind === 'text' && !cell.formula;
    const remembered = plain ? texts : others;
    const key = plain ? cell.text : `${cell.formula ? 'f' : ''}${cell.kind}${cell.text}`;
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
    const { value, findings = NOTHING } = kind.read({ column: id, cell, unit, surroundings, before });
    const all = cell.formula && !open ? [...findings, { code: 'formula-value', column: id, read: cell.text }] : findings;
    return { value: value ?? '', valid: value !== null && (all.length === 0 || !all.some(isError)), findings: all };
  };
  const fresh: ReadCell = (cell, before) => (cell.kind === 'picture' ? picture : speechless(cell) ? unread(cell) : spoken(cell, before));
  const read = kind.repeats ? remembering(fresh) : fresh;
  return (cell, before) => (isBlank(cell) ? missing : read(cell, before));
};

/** What the cells of a row came to, by column. */
export interface RowReading {
  readonly readings: Readonly<Record<string, Reading>>;
  /** Canonical values, an empty cell standing for what its absence means. */
  readonly values: Readonly<Record<string, string>>;
  /** Of all cells, in the order of the declaration. */
  readonly findings: readonly Finding[];
  /** No cell has an error. */
  readonly valid: boolean;
}

const valueOf = ({ value, valid }: Reading, absent: string | undefined): string => (value === '' && valid && absent !== undefined ? absent : value);

/** Reads a row's cells in the order of the declaration. */
export const rowReader = <S extends Surroundings>(sheet: Sheet<string, S>, layout: Pick<Layout, 'headings'>, surroundings: S): ((row: ReadRow) => RowReading) => {
  const columns = sheet.columns.map((column) => ({ id: column.id, absent: column.absent, read: readerOf(sheet, column, { unit: layout.headings.get(column.id)?.unit, surroundings }) }));
  // A copy has all its columns at once; an object that gets one after the other is moved each time.
  const noReadings = Object.fromEntries(columns.map(({ id }) => [id, EMPTY_READING]));
  const noValues = Object.fromEntries(columns.map(({ id }) => [id, '']));
  return ({ cells }) => {
    const readings = { ...noReadings };
    const values = { ...noValues };
    let findings: readonly Finding[] = NOTHING;
    let valid = true;
    for (let i = 0; i < columns.length; i += 1) {
      const { id, absent, read } = columns[i] as (typeof columns)[number];
      const reading = read(cells[i] as Cell, readings);
      readings[id] = reading;
      values[id] = valueOf(reading, absent);
      if (reading.findings.length > 0) findings = findings.concat(reading.findings);
      valid &&= reading.valid;
    }
    return { readings, values, findings, valid };
  };
};

/** One cell judged alone, as if it stood in a row with nothing else. */
export const checkCell = <Id extends string, S extends Surroundings>(sheet: Sheet<Id, S>, id: Id, cell: Cell, surroundings: Surroundings): Reading => {
  const column = sheet.columns.find((one) => one.id === id) as Column;
  return readerOf(sheet as unknown as Sheet<string, Surroundings>, column, { surroundings })(cell, {});
};
