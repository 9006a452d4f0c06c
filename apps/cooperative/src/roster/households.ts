import { type AcrossRule, type Found, type JudgedRow, sameName, type Settled, type Values } from '#workbook';
import type { KnownMembers, RosterColumn } from './surroundings.js';

export const HEAD = '户主';

/** An empty relation means the head when no other head is named. */
export const isHead = ({ relation, head, name }: Pick<Values<RosterColumn>, 'relation' | 'head' | 'name'>): boolean =>
  relation === HEAD || (relation === '' && (head === '' || sameName(head) === sameName(name)));

let last = { village: '', name: '', place: '|' };
/** A village and a name in one word; asked several times for one row, made once. */
export const placeOf = (village: string, name: string): string => {
  if (last.village !== village || last.name !== name) last = { village, name, place: `${village}|${sameName(name)}` };
  return last.place;
};

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
  readonly household: string;
}
interface Wrong {
  readonly code: string;
  readonly right?: string;
}

/** 户主: finds the head of each row's household, and says where there is none. */
export class Households implements AcrossRule<RosterColumn> {
  /** Heads by the order of their rows; a table of them is made at the end, of those that somebody names. */
  private readonly headPlaces: string[] = [];
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
    const heads = this.headsNamed(new Set(this.members.map(({ household }) => household)));
    for (const { row, household } of this.members) {
      const head = heads.get(household);
      const wrong = head ? this.fromFile(row, head, settled) : this.fromKnown(row, household);
      if (wrong) yield { row, finding: { ...wrong, column: 'head' } };
    }
  }

  /** Identity number of the head of this row's household; undefined where it is not clear. Known once settled. */
  of(row: number): string | undefined {
    return this.found[row];
  }

  private noteMember({ row, values, readings }: JudgedRow<RosterColumn>): void {
    if (readings.head.valid && values.head !== '') this.members.push({ row, household: placeOf(values.village, values.head) });
  }

  private noteHead({ row, values, readings }: JudgedRow<RosterColumn>): void {
    if (readings.id.valid) this.found[row] = values.id;
    if (!readings.name.valid) return;
    this.headPlaces.push(placeOf(values.village, values.name));
    this.headRows.push(row);
  }

  private headsNamed(named: ReadonlySet<string>): Map<string, Head> {
    const heads = new Map<string, Head>();
    this.headRows.forEach((row, i) => {
      const place = this.headPlaces[i] as string;
      if (!named.has(place)) return;
      const person = this.found[row] ?? `row ${row}`;
      const head = heads.get(place);
      if (!head) heads.set(place, { person, row });
      else if (head.person === person) (head.more ??= []).push(row);
      else head.another = true;
    });
    return heads;
  }

  private fromFile(row: number, head: Head, settled: Settled): Wrong | null {
    if (head.another) return { code: 'head-ambiguous' };
    if (!head.person.startsWith('row ')) this.found[row] = head.person;
    return [head.row, ...(head.more ?? [])].every((own) => settled.hasError(own)) ? { code: 'head-not-accepted', right: `先改正第 ${head.row} 行` } : null;
  }

  private fromKnown(row: number, household: string): Wrong | null {
    const [village = '', name = ''] = household.split('|');
    const [head, another] = this.known.heads(village, name);
    if (another !== undefined) return { code: 'head-ambiguous' };
    if (head === undefined) return { code: 'head-unknown' };
    this.found[row] = head;
    return null;
  }
}
