import { type AcrossRule, type Found, type JudgedRow, sameName, type Settled, type Values } from '#workbook';
import { ByPlace } from './by-place.js';
import type { KnownMembers, RosterColumn } from './surroundings.js';

export const HEAD = '户主';

/** An empty relation means the head when no other head is named. */
export const isHead = ({ relation, head, name }: Pick<Values<RosterColumn>, 'relation' | 'head' | 'name'>): boolean =>
  relation === HEAD || (relation === '' && (head === '' || sameName(head) === sameName(name)));

interface Head {
  /** Identity number, or the row itself where it has no valid one. */
  readonly person: string;
  readonly row: number;
  /** Further rows of the same person. */
  more?: number[];
  /** Another person of this name: the two make it ambiguous, and how many more there are does not matter. */
  another?: true;
}
interface Member {
  readonly row: number;
  readonly village: string;
  /** Of the head that the row names. */
  readonly head: string;
}
interface Wrong {
  readonly code: string;
  readonly right?: string;
}

/** 户主: finds the head of each row's household, and says where there is none. */
export class Households implements AcrossRule<RosterColumn> {
  /** Heads by the order of their rows; a table of them is made at the end, of those that somebody names. */
  private readonly headVillages: string[] = [];
  private readonly headNames: string[] = [];
  private readonly headRows: number[] = [];
  private readonly members: Member[] = [];
  private readonly found: (string | undefined)[] = [];

  constructor(private readonly known: KnownMembers) {}

  note(judged: JudgedRow<RosterColumn>): void {
    const { village, relation } = judged.readings;
    if (!village.valid || !relation.valid) return;
    if (isHead(judged.values)) this.noteHead(judged);
    else this.noteMember(judged);
  }

  *settle(settled: Settled): Generator<Found> {
    const heads = this.headsNamed();
    for (const { row, village, head: name } of this.members) {
      const head = heads.get(village, name);
      const wrong = head ? this.fromFile(row, head, settled) : this.fromKnown(row, village, name);
      if (wrong) yield { row, finding: { ...wrong, column: 'head' } };
    }
  }

  /** Identity number of the head of this row's household; undefined where it is not clear. Known once settled. */
  of(row: number): string | undefined {
    return this.found[row];
  }

  private noteMember({ row, values, readings }: JudgedRow<RosterColumn>): void {
    if (readings.head.valid && values.head !== '') this.members.push({ row, village: values.village, head: sameName(values.head) });
  }

  private noteHead({ row, values, readings }: JudgedRow<RosterColumn>): void {
    if (readings.id.valid) this.found[row] = values.id;
    if (!readings.name.valid) return;
    this.headVillages.push(values.village);
    this.headNames.push(sameName(values.name));
    this.headRows.push(row);
  }

  /** Null stands for a head whom somebody names and who is not among the rows. */
  private headsNamed(): ByPlace<Head | null> {
    const heads = new ByPlace<Head | null>();
    for (const { village, head } of this.members) heads.set(village, head, null);
    this.headRows.forEach((row, i) => this.meet(heads, row, i));
    return heads;
  }

  private meet(heads: ByPlace<Head | null>, row: number, i: number): void {
    const [village, name] = [this.headVillages[i] as string, this.headNames[i] as string];
    const head = heads.get(village, name);
    if (head === undefined) return;
    const person = this.found[row] ?? `row ${row}`;
    if (head === null) heads.set(village, name, { person, row });
    else if (head.person === person) (head.more ??= []).push(row);
    else head.another = true;
  }

  private fromFile(row: number, head: Head, settled: Settled): Wrong | null {
    if (head.another) return { code: 'head-ambiguous' };
    if (!head.person.startsWith('row ')) this.found[row] = head.person;
    return [head.row, ...(head.more ?? [])].every((own) => settled.hasError(own)) ? { code: 'head-not-accepted', right: `先改正第 ${head.row} 行` } : null;
  }

  private fromKnown(row: number, village: string, name: string): Wrong | null {
    const [head, another] = this.known.heads(village, name);
    if (another !== undefined) return { code: 'head-ambiguous' };
    if (head === undefined) return { code: 'head-unknown' };
    this.found[row] = head;
    return null;
  }
}
