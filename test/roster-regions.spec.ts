import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { regionsOn } from '../libs/workbook/src/index.js';
import { readRegions, SHIPPED_REGIONS } from '../apps/cooperative/src/roster/regions.js';

const farmer = (name: string): Record<string, string>[] => parse(readFileSync(join(process.cwd(), 'apps', 'farmer', 'data', name), 'utf8'), { columns: true }) as Record<string, string>[];
const rows = readRegions(SHIPPED_REGIONS);
const CHANGE = '2022-10-01';

/** A service imports no other, so the roster ships its own file: this holds the two together. */
describe('The regions that the roster ships', () => {
  test('are the 272 units of 2021-10-31, by code, name and town', () =>
    expect(rows.filter(({ from }) => from === '').map(({ code, name, town }) => [code, name, town])).toEqual(farmer('villages-2021-10-31.csv').map((village) => [village.village_code, village.official_name, village.town_name])));
  test.each(farmer('crosswalk-2021-2022.csv').filter(({ change }) => change !== 'UNCHANGED').map((change) => [change.name_2021, change] as const))('%s changes as the farmer service says', (name = '', change) => {
    const before = regionsOn(rows, '2022-09-30').village(change.code_2021 ?? '', null);
    const after = regionsOn(rows, CHANGE).village(name, [(change.code_2021 ?? '').slice(0, 9)]);
    expect(before).toMatchObject({ found: 'one', code: change.code_2021, name });
    if (change.change === 'TRANSFERRED_OUT') expect(after).toEqual({ found: 'left' });
    else expect(after).toEqual({ found: 'one', code: change.code_2022, name: change.name_2022, former: true });
  });
});
