import { normalise } from '#standards';

/** One name of one village for a time: `from` ≤ day < `to`, open where empty. */
export interface RegionRow {
  /** 12 digits. */
  readonly code: string;
  readonly name: string;
  /** Name of the town. */
  readonly town: string;
  readonly otherNames: readonly string[];
  readonly from: string;
  readonly to: string;
}

export type Place =
  /** `former`: the name written is not the one in force today. */
  { readonly found: 'one'; readonly code: string; readonly name: string; readonly former: boolean } | { readonly found: 'none' | 'several' | 'left' };

/** Where a name of a place leads on a day. */
export interface Regions {
  /** Codes (9 digits) of the towns of that name or code. */
  town(text: string): readonly string[];
  /** The village of that name or code, within these towns when some are given. */
  village(text: string, towns: readonly string[] | null): Place;
  /** Names in force on the day, of towns and of villages with the town's code. */
  readonly towns: readonly { readonly code: string; readonly name: string }[];
  readonly villages: readonly { readonly code: string; readonly name: string }[];
}

/** `送庄社区居民委员会` = `送庄社区`, `白鹿庄村村民委员会` = `白鹿庄村` = `白鹿庄村委会`. */
const plain = (name: string): string =>
  normalise(name).replace(/(村民委员会|居民委员会|居委会|委员会)$/, '').replace(/村委会$/, '村');
const townOf = (code: string): string => code.slice(0, 9);

/** A village through its names and codes. */
interface Unit {
  readonly rows: RegionRow[];
}
interface Hit {
  readonly unit: Unit;
  /** The row of the unit that is in force; none when it has left. */
  readonly now: RegionRow | undefined;
  readonly current: boolean;
}

const succeeds = (later: RegionRow, earlier: RegionRow): boolean =>
  earlier.to !== '' && earlier.to === later.from && townOf(earlier.code) === townOf(later.code) && (later.otherNames.map(plain).includes(plain(earlier.name)) || earlier.otherNames.map(plain).includes(plain(later.name)));

/** One unit from all rows of one code, and from codes that follow one another under a shared name. */
const unitsOf = (rows: readonly RegionRow[]): Unit[] => {
  const byCode = new Map<string, Unit>();
  for (const row of rows) {
    const known = byCode.get(row.code);
    if (known) known.rows.push(row);
    else byCode.set(row.code, { rows: [row] });
  }
  const later = rows.filter((row) => row.from !== '');
  for (const earlier of rows.filter((row) => row.to !== '')) {
    const next = later.find((row) => row.code !== earlier.code && succeeds(row, earlier));
    if (next) join(byCode, earlier.code, next.code);
  }
  return [...new Set(byCode.values())];
};
const join = (byCode: Map<string, Unit>, a: string, b: string): void => {
  const [into, from] = [byCode.get(a) as Unit, byCode.get(b) as Unit];
  if (into === from) return;
  into.rows.push(...from.rows);
  for (const row of from.rows) byCode.set(row.code, into);
};

const add = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key);
  if (!list) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
};

const pick = (hits: readonly Hit[]): Place => {
  const inForce = hits.filter((hit) => hit.current);
  const there = inForce.length > 0 ? inForce : hits.filter((hit) => hit.now);
  const [one, another] = there;
  if (another) return { found: 'several' };
  if (one?.now) return { found: 'one', code: one.now.code, name: one.now.name, former: !one.current };
  return { found: hits.length > 0 ? 'left' : 'none' };
};

/** What the rows say on a day. Any name a village ever bore is understood; names in force beat others. */
export const regionsOn = (rows: readonly RegionRow[], today: string): Regions => {
  const holds = (row: RegionRow): boolean => row.from <= today && (row.to === '' || today < row.to);
  const byName = new Map<string, Unit[]>();
  const byCode = new Map<string, Unit[]>();
  const towns = new Map<string, string[]>();
  for (const unit of unitsOf(rows)) {
    for (const row of unit.rows) {
      for (const name of [row.name, ...row.otherNames]) add(byName, plain(name), unit);
      add(byCode, row.code, unit);
      add(towns, normalise(row.town), townOf(row.code));
      add(towns, townOf(row.code), townOf(row.code));
    }
  }
  const hit = (unit: Unit, text: string): Hit => {
    const now = unit.rows.find(holds);
    return { unit, now, current: now !== undefined && (now.code === text || plain(now.name) === text || `${text}村` === plain(now.name)) };
  };
  const find = (text: string, within: readonly string[] | null): Place => {
    const units = byCode.get(text) ?? byName.get(text) ?? byName.get(`${text}村`) ?? [];
    return pick(units.filter((unit) => within === null || unit.rows.some((row) => within.includes(townOf(row.code)))).map((unit) => hit(unit, text)));
  };
  /** By the towns asked within, then by name: the name of a village is in a file once, and is looked up as it is. */
  const places = new Map<string, Map<string, Place>>();
  const inForce = rows.filter(holds);
  return {
    town: (text) => towns.get(normalise(text)) ?? [],
    village: (text, within) => {
      const scope = within?.join() ?? '';
      const there = places.get(scope) ?? new Map<string, Place>();
      const known = there.get(text);
      if (known) return known;
      const place = find(plain(text), within);
      if (places.size < 1000) places.set(scope, there);
      if (there.size < 20_000) there.set(text, place);
      return place;
    },
    towns: [...new Map(inForce.map((row) => [townOf(row.code), { code: townOf(row.code), name: row.town }])).values()],
    villages: inForce.map(({ code, name }) => ({ code, name })),
  };
};
