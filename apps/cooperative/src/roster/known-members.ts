import { type Cell, checkCell, type KnownRow, sameName, type Surroundings } from '#workbook';
import { HEAD } from './households.js';
import { memberRoster } from './member-roster.sheet.js';
import type { KnownClaim, KnownMembers, Namesake, RosterColumn } from './surroundings.js';

/** One line of the file of known members, by its column names. */
export type KnownLine = Readonly<Record<string, string>>;
type Known = KnownRow<RosterColumn> & { readonly cooperative: string };

/** Columns of the file that `--accepted` writes and `--known` reads, with the roster's columns they hold. */
export const KNOWN_COLUMNS = {
  id: 'id', name: 'name', relation: 'relation', head: 'head', village_code: 'village', group: 'group', parcel: 'parcel',
  area: 'area', crop: 'crop', joined: 'joined', contribution: 'contribution', phone: 'phone', linkage: 'linkage',
} as const satisfies Record<string, RosterColumn>;

const add = <V>(map: Map<string, V[]>, key: string, value: V): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

const NOTHING: readonly never[] = [];

/** Values as the roster writes them, so that 1000 and 1000.00 do not differ. */
const canonical = (line: KnownLine, surroundings: Surroundings): Known => {
  const row: Record<string, string> = { cooperative: (line.cooperative ?? '').trim() };
  for (const [name, id] of Object.entries(KNOWN_COLUMNS)) {
    const cell: Cell = { kind: 'text', text: (line[name] ?? '').trim() };
    row[id] = checkCell(memberRoster, id, cell, surroundings).value || cell.text;
  }
  return row as Known;
};

/** What a list of known members answers, for one cooperative. */
export const knownMembers = (lines: readonly KnownLine[], cooperative: string, surroundings: Surroundings): KnownMembers => {
  const rows = lines.map((line) => canonical(line, surroundings));
  const ours = (row: Known): boolean => row.cooperative === cooperative.trim();
  const [byId, byName, heads, byParcel] = [new Map<string, Known[]>(), new Map<string, Namesake[]>(), new Map<string, string[]>(), new Map<string, Known[]>()];
  const place = (village = '', name = ''): string => `${village}|${sameName(name)}`;
  for (const row of rows) {
    const { id = '', name, village, parcel, relation } = row;
    add(byId, id, row);
    add(byName, place(village, name), { id, ours: ours(row) });
    if (relation === HEAD && !heads.get(place(village, name))?.includes(id)) add(heads, place(village, name), id);
    if (parcel) add(byParcel, parcel, row);
  }
  const claimOf = (row: Known): KnownClaim => {
    const [head, another] = heads.get(place(row.village, row.head)) ?? [];
    return { ours: ours(row), household: row.relation === HEAD ? (row.id ?? null) : another === undefined ? (head ?? null) : null };
  };
  // Asked of every row, and mostly nothing is known: nothing is made to find that out.
  return {
    under: (id, linkage, parcel) => byId.get(id)?.filter((row) => ours(row) && row.linkage === linkage && row.parcel === parcel) ?? NOTHING,
    isKnown: (id) => byId.has(id),
    isElsewhere: (id) => byId.get(id)?.some((row) => !ours(row)) ?? false,
    namesakes: (village, name) => (byName.size === 0 ? NOTHING : (byName.get(`${village}|${name}`) ?? NOTHING)),
    heads: (village, name) => heads.get(`${village}|${name}`) ?? [],
    claims: (parcel) => byParcel.get(parcel)?.map(claimOf) ?? NOTHING,
    plots: (id) => (byId.get(id) ?? NOTHING).flatMap((row) => (ours(row) && !row.parcel && row.area ? [row.area] : [])),
  };
};
