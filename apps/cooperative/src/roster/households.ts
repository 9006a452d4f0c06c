import { type AcrossRule, type Found, sameName, type Settled, type Values } from '#workbook';
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

/** 户主: finds the head of each row's household, and says where there is none. */
export class Households implements AcrossRule<RosterColumn> {
  private readonly heads = new Map<string, Head[]>();
  private readonly members: Member[] = [];
  private readonly found = new Map<number, string>();

  constructor(private readonly known: KnownMembers) {}

  note({ row, values, readings }: Parameters<AcrossRule<RosterColumn>['note']>[0]): void {
    if (!readings.village.valid || !readings.relation.valid) return;
    if (!isHead(values)) {
      if (readings.head.valid && values.head !== '') this.members.push({ row, household: `${values.village}|${sameName(values.head)}` });
      return;
    }
    if (readings.id.valid) this.found.set(row, values.id);
    if (!readings.name.valid) return;
    this.addHead(`${values.village}|${sameName(values.name)}`, readings.id.valid ? values.id : `row ${row}`, row);
  }

  *settle(settled: Settled): Generator<Found> {
    for (const { row, household } of this.members) {
      const heads = this.heads.get(household);
      const code = heads ? this.fromFile(row, heads, settled) : this.fromKnown(row, household);
      if (code) yield { row, finding: { code: code.code, column: 'head', right: code.right } };
    }
  }

  /** Identity number of the head of this row's household; undefined where it is not clear. Known once settled. */
  of(row: number): string | undefined {
    return this.found.get(row);
  }

  private addHead(household: string, person: string, row: number): void {
    const heads = this.heads.get(household);
    const same = heads?.find((head) => head.person === person);
    if (same) same.rows.push(row);
    else if (!heads) this.heads.set(household, [{ person, rows: [row] }]);
    // Two already make it ambiguous; a list of namesakes as long as the file would only cost time.
    else if (heads.length < 2) heads.push({ person, rows: [row] });
  }

  private fromFile(row: number, heads: readonly Head[], settled: Settled): { code: string; right?: string } | null {
    const [head, another] = heads as [Head, Head?];
    if (another) return { code: 'head-ambiguous' };
    if (!head.person.startsWith('row ')) this.found.set(row, head.person);
    return head.rows.every((own) => settled.hasError(own)) ? { code: 'head-not-accepted', right: `先改正第 ${head.rows[0]} 行` } : null;
  }

  private fromKnown(row: number, household: string): { code: string; right?: string } | null {
    const [village = '', name = ''] = household.split('|');
    const [head, another] = this.known.heads(village, name);
    if (another !== undefined) return { code: 'head-ambiguous' };
    if (head === undefined) return { code: 'head-unknown' };
    this.found.set(row, head);
    return null;
  }
}
