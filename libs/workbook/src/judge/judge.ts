import type { ReadRow } from '../read/cell.js';
import type { Extent, Layout } from '../read/layout.js';
import type { Sheet, Values } from '../sheet/define-sheet.js';
import type { Finding, Surroundings } from '../sheet/kind.js';
import type { AcrossRule } from '../sheet/rule.js';
import { rowReader, type RowReading } from './cells.js';
import { Earlier } from './earlier.js';
import { Ledger } from './ledger.js';
import { Sums } from './sums.js';
import { type Change, type Reason, type RowVerdict, type Totals, type VerdictKind, VERDICTS } from './verdict.js';

/** What an import records of a row. */
export const isAccepted = (verdict: VerdictKind): boolean => verdict === 'NEW' || verdict === 'UPDATE' || verdict === 'UNCHANGED';

const NOTHING: readonly never[] = [];

const keyOf = (ids: readonly string[], values: Values): string => {
  let key = '';
  for (let i = 0; i < ids.length; i += 1) key += i === 0 ? values[ids[i] as string] : `|${values[ids[i] as string]}`;
  return key;
};

/** Gives every row its verdict: rows are added in order, then asked for. No clock and no I/O: the same rows and surroundings, the same verdicts. */
export class Judging<Id extends string, S extends Surroundings> {
  private readonly ledger: Ledger;
  private readonly sums: Sums;
  private readonly across: readonly AcrossRule<string>[];
  private readonly read: (row: ReadRow) => RowReading;
  private readonly sheet: Sheet<string, S>;
  private readonly order: ReadonlyMap<string, number>;
  private kinds: VerdictKind[] | null = null;
  private readonly repeats = new Map<number, number>();

  constructor(
    sheet: Sheet<Id, S>,
    private readonly surroundings: S,
    layout: Pick<Layout, 'headings'>,
  ) {
    this.sheet = sheet as unknown as Sheet<string, S>;
    this.ledger = new Ledger((code) => this.sheet.codes[code]?.severity === 'error');
    this.sums = new Sums(this.sheet);
    this.across = this.sheet.across(surroundings);
    this.read = rowReader(this.sheet, layout, surroundings);
    this.order = new Map(sheet.columns.map(({ id }, i) => [id, i]));
  }

  add(row: ReadRow): void {
    const reading = this.read(row);
    const { ledger } = this;
    ledger.rows.push(row.row);
    ledger.find(row.row, reading.findings);
    ledger.find(row.row, this.ruled(reading));
    this.keep(row.row, reading);
    this.sums.add(reading.values);
    const judged = { row: row.row, values: reading.values, readings: reading.readings };
    for (const rule of this.across) rule.note(judged);
  }

  /** What an import would record of a row that was added: to be asked of accepted ones. */
  recorded(row: ReadRow): Values<Id> {
    const { values } = this.read(row);
    const [known = {}] = this.sheet.known(values, this.surroundings);
    const kept = Object.fromEntries(Object.entries(values).map(([id, value]) => [id, value === '' ? (known[id] ?? '') : value]));
    return this.sheet.complete(kept, this.surroundings) as Values<Id>;
  }

  totals(extent: Pick<Extent, 'stated'>): Totals {
    const kinds = this.settled();
    const byVerdict = Object.fromEntries(VERDICTS.map((kind) => [kind, 0])) as Record<VerdictKind, number>;
    for (const kind of kinds) byVerdict[kind] += 1;
    return { rows: kinds.length, byVerdict, sums: this.sums.totals(extent, (index) => isAccepted(kinds[index] as VerdictKind)) };
  }

  /** In row order, made one at a time. */
  *verdicts(): Generator<RowVerdict> {
    const kinds = this.settled();
    for (let i = 0; i < kinds.length; i += 1) yield this.verdictOf(i, kinds[i] as VerdictKind);
  }

  private ruled({ readings, values, valid }: RowReading): readonly Finding[] {
    let findings: readonly Finding[] = NOTHING;
    for (const { over, judge } of this.sheet.rules) {
      if (!valid && !over.every((id) => readings[id]?.valid)) continue;
      const found = judge(values, this.surroundings);
      if (found.length > 0) findings = findings.concat(found);
    }
    return findings;
  }

  private keep(row: number, { readings, values, valid }: RowReading): void {
    const { sheet, ledger } = this;
    const whole = valid || sheet.key.every((id) => readings[id]?.valid);
    ledger.keys.push(whole ? keyOf(sheet.key, values) : '');
    ledger.aparts.push(whole ? sheet.apart(values) : '');
    const known = whole ? sheet.known(values, this.surroundings) : NOTHING;
    ledger.known.push(known.length > 0);
    if (known.length === 0) return;
    const differing = known.map((one) => this.changesFrom(one, readings));
    ledger.change(row, differing.sort((a, b) => a.length - b.length)[0] ?? []);
  }

  /** An empty cell keeps what is known. */
  private changesFrom(known: Readonly<Record<string, string | undefined>>, readings: RowReading['readings']): Change[] {
    return this.sheet.columns.flatMap(({ id }) => {
      const after = readings[id]?.value ?? '';
      const before = known[id];
      return before === undefined || after === '' || after === before ? [] : [{ column: id, before, after }];
    });
  }

  private settled(): VerdictKind[] {
    if (this.kinds) return this.kinds;
    for (const rule of this.across) for (const { row, finding } of rule.settle(this.ledger)) this.ledger.find(row, [finding]);
    const earlier = new Earlier();
    this.kinds = this.ledger.rows.map((row, i) => this.kindOf(row, i, earlier));
    return this.kinds;
  }

  private kindOf(row: number, i: number, earlier: Earlier): VerdictKind {
    const { ledger } = this;
    if (ledger.hasError(row)) return 'ERROR';
    const first = earlier.sameAs(row, ledger.keys[i] as string, ledger.aparts[i] as string);
    if (first !== undefined) {
      this.repeats.set(row, first);
      return 'DUPLICATE';
    }
    if (ledger.findingsOf(row).some(({ code }) => this.sheet.codes[code]?.suspect)) return 'SUSPECT';
    if (!ledger.known[i]) return 'NEW';
    return ledger.changesOf(row).length > 0 ? 'UPDATE' : 'UNCHANGED';
  }

  private verdictOf(i: number, verdict: VerdictKind): RowVerdict {
    const row = this.ledger.rows[i] as number;
    const reasons = this.ledger.findingsOf(row).map((finding) => this.reasonOf(finding)).sort((a, b) => (this.order.get(a.column) ?? 0) - (this.order.get(b.column) ?? 0));
    const changes = verdict === 'UPDATE' || verdict === 'SUSPECT' ? this.ledger.changesOf(row) : [];
    return { row, verdict, reasons, changes, other: this.otherOf(row, verdict, reasons) };
  }

  private otherOf(row: number, verdict: VerdictKind, reasons: readonly Reason[]): string | undefined {
    if (verdict === 'DUPLICATE') return String(this.repeats.get(row));
    const named = reasons.filter(({ other }) => other !== undefined);
    return (named.find(({ code }) => this.sheet.codes[code]?.suspect) ?? named[0])?.other;
  }

  private reasonOf({ code, column, read, right, other }: Finding): Reason {
    const said = this.sheet.codes[code];
    if (!said) throw new Error(`${this.sheet.name}: the code ${code} has no text`);
    return { code, severity: said.severity, column, zh: said.zh, en: said.en, read, right: right ?? said.right, other };
  }
}

/** Judges rows that are there already. */
export const judgeRows = <Id extends string, S extends Surroundings>(sheet: Sheet<Id, S>, surroundings: S, rows: Iterable<ReadRow>): RowVerdict[] => {
  const judging = new Judging(sheet, surroundings, { headings: new Map() });
  for (const row of rows) judging.add(row);
  return [...judging.verdicts()];
};
