import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** One public command: where to post it, and what. */
export interface Posting {
  readonly path: string;
  readonly input: object;
}

type Row = Readonly<Record<string, string>>;
const rows = (file: string): Row[] => parse(readFileSync(join(import.meta.dirname, '../../data', file), 'utf8'), { columns: true });

/** Day of the statistics bureau's list, and the day its next list is taken to hold from (the exact one is not published). */
const LISTED = '2021-10-31';
const CHANGED = '2022-10-01';
const idOf = (code: string | undefined): string => `r-${code}`;

const register = (level: string, kind: string, code: string, name: string): Posting => {
  const parentId = level === 'DISTRICT' ? {} : { parentId: idOf(code.slice(0, level === 'TOWN' ? 6 : 9)) };
  return { path: '/farmer/regions', input: { regionId: idOf(code), level, kind, code, name, ...parentId, validFrom: LISTED } };
};

const towns = (villages: readonly Row[]): Posting[] => {
  const names = new Map(villages.map((row) => [row.town_code ?? '', row.town_name ?? '']));
  return [...names].map(([code, name]) => register('TOWN', name.endsWith('街道') ? 'SUBDISTRICT' : 'TOWN', code, name));
};

const change = (row: Row): Posting[] => {
  const [path, code, name] = [`/farmer/regions/${idOf(row.code_2021)}`, row.code_2022 ?? '', row.name_2022 ?? ''];
  if (row.change === 'RENAMED') return [{ path: `${path}/rename`, input: { name, validFrom: CHANGED } }];
  if (row.change === 'CONVERTED_TO_COMMUNITY') return [{ path: `${path}/convert`, input: { code, name, validFrom: CHANGED } }];
  if (row.change === 'TRANSFERRED_OUT') return [{ path: `${path}/transfer`, input: { code, name, parentId: idOf(code.slice(0, 9)), validFrom: CHANGED } }];
  return [];
};

/**
 * 孟津区: the district, its 14 towns and 272 villages as listed on 2021-10-31, and what changed by the list of 2022. The order
 * matters: each unit follows the one above it. Two units stand outside the district, as two villages went there; whoever posts
 * all of it needs a grant that names no region.
 */
export const mengjinRegions = (): Posting[] => {
  const villages = rows('villages-2021-10-31.csv');
  return [
    register('DISTRICT', 'DISTRICT', '410308', '孟津区'),
    register('DISTRICT', 'DISTRICT', '410304', '瀍河回族区'),
    register('TOWN', 'TOWN', '410304100', '白马寺镇'),
    ...towns(villages),
    ...villages.map((row) => register('VILLAGE', row.kind ?? '', row.village_code ?? '', row.official_name ?? '')),
    ...rows('crosswalk-2021-2022.csv').flatMap(change),
  ];
};
