import { type AcrossRule, type Found, sameName } from '#workbook';
import { ByPlace } from './by-place.js';
import { ELSEWHERE, type KnownMembers, type RosterColumn } from './surroundings.js';

/** Two valid numbers never differ in one character: the check catches that. Two is what a slip and a guess make. */
const MOST_DIFFERENT = 2;
/** Numbers under one name in one village that are compared one by one; beyond (a wrong column), only the latest and equal birth dates. */
const MOST_COMPARED = 1000;

const birth = (id: string): string => id.slice(6, 14);
/** Same birth date, or at most two characters differ. */
export const isSimilar = (a: string, b: string): boolean => {
  if (a === b) return false;
  if (birth(a) === birth(b)) return true;
  let different = 0;
  for (let i = 0; i < a.length && different <= MOST_DIFFERENT; i += 1) if (a[i] !== b[i]) different += 1;
  return different <= MOST_DIFFERENT;
};

interface Person {
  readonly id: string;
  readonly row: number;
}
interface Namesakes {
  readonly ids: Set<string>;
  readonly people: Person[];
  readonly births: Map<string, Person[]>;
}

/** 疑似重复: the later of two rows of one name in one village whose numbers are alike, or a row like somebody known. */
export const similarPerson = (known: KnownMembers): AcrossRule<RosterColumn> => {
  const groups = new ByPlace<Namesakes | number>();
  const ids: (string | undefined)[] = [];
  const found: Found[] = [];

  const meet = (group: Namesakes, person: Person): Person | undefined => {
    const alike = [...(group.births.get(birth(person.id)) ?? []), ...group.people.slice(-MOST_COMPARED)];
    return alike.find((other) => isSimilar(other.id, person.id) && !(known.isKnown(other.id) && known.isKnown(person.id)));
  };
  const join = (group: Namesakes, person: Person): void => {
    if (group.ids.has(person.id)) return;
    group.ids.add(person.id);
    group.people.push(person);
    const born = group.births.get(birth(person.id)) ?? [];
    if (born.length < 2) group.births.set(birth(person.id), [...born, person]);
  };
  /** Most names stand once in a village: one person is kept as he is, a list is made for the second. */
  const groupFor = (village: string, name: string, person: Person): Namesakes | null => {
    const there = groups.get(village, name);
    if (there === undefined) {
      groups.set(village, name, person.row);
      ids[person.row] = person.id;
      return null;
    }
    if (typeof there !== 'number') return there;
    const made: Namesakes = { ids: new Set(), people: [], births: new Map() };
    join(made, { id: ids[there] as string, row: there });
    groups.set(village, name, made);
    return made;
  };
  const similar = (row: number, id: string, other: string, right?: string): Found => ({ row, finding: { code: 'similar-person', column: 'id', read: id, other, ...(right ? { right } : {}) } });
  const meetKnown = (person: Person, village: string, name: string): void => {
    const alike = known.isKnown(person.id) ? undefined : known.namesakes(village, name).find(({ id }) => isSimilar(id, person.id));
    if (alike) found.push(similar(person.row, person.id, 'known', alike.ours ? undefined : ELSEWHERE));
  };
  return {
    note: ({ row, values, readings }) => {
      if (![readings.id, readings.name, readings.village].every(({ valid }) => valid)) return;
      const person: Person = { id: values.id, row };
      const name = sameName(values.name);
      const group = groupFor(values.village, name, person);
      const other = group && meet(group, person);
      if (group) join(group, person);
      if (other) found.push(similar(row, values.id, String(other.row)));
      else meetKnown(person, values.village, name);
    },
    settle: () => found,
  };
};
