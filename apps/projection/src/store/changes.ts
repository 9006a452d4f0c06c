import type { Tx } from '#postgres';
import type { Line, Subject } from '../ledger/types.js';
import { monthOf } from './calendar.js';
import { RollUp } from './roll-up.js';
import { NO_COHORT, TOTAL } from './tables.js';
import type { Words } from './words.js';

export type LineRow = readonly [measure: number, grp: number, village: number, subject: string, cohort: number, day: number, rec: number, delta: number];
export const LINE_COLUMNS = ['measure', 'grp', 'village', 'subject', 'cohort', 'valid_on', 'rec', 'delta'];
export const lineRow = (words: Words, subject: Subject, line: Line): LineRow =>
  [words.id(line.measure), words.id(line.group), words.village(line.village), subject.id, line.cohort ?? NO_COHORT, line.day, line.rec, line.delta];
const nameOf = (l: Line): string => `${l.measure}|${l.group}|${l.village}|${l.cohort}|${l.day}|${l.rec}`;

/** What a fold changes of the ledger: lines are taken as they come, the rest is gathered and written at once. */
export class Changes {
  private lines: LineRow[] = [];
  private readonly gone: LineRow[] = [];
  private readonly days = new RollUp('days', ['valid_on', 'cohort']);
  private readonly months = new RollUp('months', ['valid_in', 'cohort_in']);
  private readonly villages = new Set<number>();
  private readonly places = new Map<string, readonly [string, number, string]>();

  constructor(private readonly words: Words) {}

  append(subject: Subject, line: Line): void {
    const row = lineRow(this.words, subject, line);
    this.lines.push(row);
    this.sum(row, row[7]);
  }

  /** Replaces what stood of a subject by what stands now; lines that are in both are left alone. */
  replace(subject: Subject, before: readonly Line[], after: readonly Line[]): void {
    const old = new Map(before.map((line) => [nameOf(line), line]));
    for (const line of after) {
      const same = old.get(nameOf(line));
      if (same?.delta === line.delta) old.delete(nameOf(line));
      else this.append(subject, line);
    }
    for (const line of old.values()) {
      const row = lineRow(this.words, subject, line);
      this.gone.push(row);
      this.sum(row, -row[7]);
    }
  }

  /** A village in which the subject stands or ever stood; '' while its place is not known. */
  place(subject: Subject, village: string): void {
    const id = this.words.village(village);
    this.places.set(`${subject.kind}|${id}|${subject.id}`, [subject.kind, id, subject.id]);
  }

  private sum([measure, group, village, , cohort, day]: LineRow, delta: number): void {
    this.villages.add(village);
    if (group !== TOTAL) return;
    this.days.add([measure, day, cohort], village, delta);
    this.months.add([measure, monthOf(day), cohort === NO_COHORT ? NO_COHORT : monthOf(cohort)], village, delta);
  }

  /** How many keys of roll-ups it changes. */
  get size(): number {
    return this.days.size + this.months.size;
  }

  /** Lines that came since they were last taken. */
  take(): LineRow[] {
    const lines = this.lines;
    this.lines = [];
    return lines;
  }

  /** All but the lines that were taken; once. */
  async write(tx: Tx, schema: string, fold: number): Promise<void> {
    await this.words.keep(tx, schema);
    await this.remove(tx, schema);
    await this.days.write(tx, schema);
    await this.months.write(tx, schema);
    await this.keepPlaces(tx, schema);
    await this.note(tx, schema, fold);
  }

  /** By their amounts too: the lines that came in their place are there already. */
  private async remove(tx: Tx, schema: string): Promise<void> {
    if (this.gone.length === 0) return;
    const columns = ['int', 'int', 'int', 'text', 'int', 'int', 'bigint', 'bigint'].map((type, i) => [this.gone.map((row) => row[i]), `$${i + 1}::${type}[]`] as const);
    await tx.query(
      `delete from ${schema}.lines l using unnest(${columns.map(([, p]) => p).join(', ')}) g (measure, grp, village, subject, cohort, valid_on, rec, delta)
       where l.measure = g.measure and l.grp = g.grp and l.village = g.village and l.subject = g.subject
         and l.cohort = g.cohort and l.valid_on = g.valid_on and l.rec = g.rec and l.delta = g.delta`,
      columns.map(([values]) => values),
    );
  }

  private async keepPlaces(tx: Tx, schema: string): Promise<void> {
    const rows = [...this.places.values()];
    if (rows.length === 0) return;
    await tx.query(`insert into ${schema}.places (kind, village, subject) select * from unnest($1::text[], $2::int[], $3::text[]) on conflict do nothing`, [
      rows.map(([kind]) => kind), rows.map(([, village]) => village), rows.map(([, , subject]) => subject),
    ]);
  }

  private async note(tx: Tx, schema: string, fold: number): Promise<void> {
    if (this.villages.size > 0) await tx.query(`insert into ${schema}.changed select $1::bigint, unnest($2::int[]) on conflict do nothing`, [fold, [...this.villages]]);
  }
}
