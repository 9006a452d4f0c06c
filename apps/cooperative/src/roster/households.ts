import { type AcrossRule, type Found, type JudgedRow, sameName, type Settled, type Values } from '#workbook';
import type { KnownMembers, RosterColumn } from './surroundings.js';

export const HEAD = '户主';

/** An empty relation means the head when no other head is named. */
export const isHead = ({ relation, head, name }: Pick<Values<RosterColumn>, 'relation' | 'head' | 'name'>): boolean =>
  relation === HEAD || (relation === '' && (head === '' || sameName(head) === sameName(name)));

interface Head {
  /** Identity number, or the row itself where it has no valid one. */
  readonly person: string;
  readonly rows: number[];
}
interface Member {
  readonly row: number;
  readonly household: string;
}
interface Wrong {
  readonly code: string;
  readonly right?: string;
}

/** 户主: finds the head of each row's household, and says where there is none. */
export class Households implements AcrossRule<RosterColumn> {
  private readonly heads = new Map<string, Head[]>();
  private readonly members: Member[] = [];
  private readonly found = new Map<number, string>();

  constructor(private readonly known: KnownMembers) {}

  note(judged: JudgedRow<RosterColumn>): void {
    const { village, relation } = judged.readings;
    if (!village.valid || !relation.valid) return;
    if (isHead(judged.values)) this.noteHead(judged);
    else this.noteMember(judged);
  }

  *settle(settled: Settled): Generator<Found> {
    for (const { row, household } of this.members) {
      const heads = this.heads.get(household);
      const wrong = heads ? this.fromFile(row, heads, settled) : this.fromKnown(row, household);
      if (wrong) yield { row, finding: { ...wrong, column: 'head' } };
    }
  }

  /** Identity number of the head of this row's household; undefined where it is not clear. Known once settled. */
  of(row: number): string | undefined {
    return this.found.get(row);
  }

  private noteMember({ row, values, readings }: JudgedRow<RosterColumn>): void {
    if (readings.head.valid && values.head !== '') this.members.push({ row, household: `${values.village}|${sameName(values.head)}` });
  }

  private noteHead({ row, values, readings }: JudgedRow<RosterColumn>): void {
    if (readings.id.valid) this.found.set(row, values.id);
    if (readings.name.valid) this.addHead(`${values.village}|${sameName(values.name)}`, readings.id.valid ? values.id : `row ${row}`, row);
  }

  private addHead(household: string, person: string, row: number): void {
    const heads = this.heads.get(household);
    const same = heads?.find((head) => head.person === person);
    if (same) same.rows.push(row);
    else if (!heads) this.heads.set(household, [{ person, rows: [row] }]);
    // Two already make it ambiguous; a list of namesakes as long as the file would only cost time.
    else if (heads.length < 2) heads.push({ person, rows: [row] });
  }

  private fromFile(row: number, heads: readonly Head[], settled: Settled): Wrong | null {
    const [head, another] = heads as [Head, Head?];
    if (another) return { code: 'head-ambiguous' };
    if (!head.person.startsWith('row ')) this.found.set(row, head.person);
    return head.rows.every((own) => settled.hasError(own)) ? { code: 'head-not-accepted', right: `先改正第 ${head.rows[0]} 行` } : null;
  }

  private fromKnown(row: number, household: string): Wrong | null {
    const [village = '', name = ''] = household.split('|');
    const [head, another] = this.known.heads(village, name);
    if (another !== undefined) return { code: 'head-ambiguous' };
    if (head === undefined) return { code: 'head-unknown' };
    this.found.set(row, head);
    return null;
  }
}
