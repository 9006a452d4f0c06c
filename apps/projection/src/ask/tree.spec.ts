import type { Version } from '../ledger/types.js';
import { regionOf } from './places.js';
import { inRegion, periodSlices, stockSlice } from './slices.js';
import { NO_UNIT } from './token.js';
import { Tree } from './tree.js';

let position = 0;
const unit = (id: string, from: number, [level, code, name, parentId]: readonly [string, string, string, string | null], rec = 1): Version => {
  position += 1;
  const attributes = { regionId: id, level, kind: level, code, name, parentId };
  const eventId = `farmer:0:${position}`;
  return { kind: 'region', key: `${id}@${from}`, subject: id, from, to: Infinity, rec, service: 'farmer', lane: 0, position, voided: false, due: null, attributes, eventId };
};
const statements = [
  unit('d', 0, ['DISTRICT', '410308', '孟津区', null]),
  unit('t1', 0, ['TOWN', '410308002', '西霞院街道', 'd']),
  unit('t2', 0, ['TOWN', '410308103', '送庄镇', 'd']),
  unit('v1', 0, ['VILLAGE', '410308002007', '送庄社区居民委员会', 't1']),
  unit('v2', 0, ['VILLAGE', '410308103001', '送庄社区居民委员会', 't2']),
  unit('v3', 0, ['VILLAGE', '410308103210', '白鹿庄村民委员会', 't2']),
  unit('v3', 100, ['VILLAGE', '410308103310', '白鹿村民委员会', 't2'], 2),
  unit('v2', 200, ['VILLAGE', '410304100202', '送庄社区居民委员会', null], 3),
];
const tree = new Tree(statements, Infinity);
const all = { tree, within: null, granted: null };

describe('The tree of regions', () => {
  test('leads from a district to its villages on a day', () => {
    expect(tree.villages('d', 199)).toEqual(['v1', 'v2', 'v3']);
    expect(tree.villages('d', 200)).toEqual(['v1', 'v3']);
  });
  test('finds a village by its old code and by its former name', () => {
    expect(regionOf(tree, '410308103210', 150).id).toBe('v3');
    expect(regionOf(tree, '白鹿庄村', 150).id).toBe('v3');
    expect(regionOf(tree, 'v3', 150).name).toBe('白鹿村民委员会');
  });
  test('asks for the town when a name is not unique', () => {
    expect(() => regionOf(tree, '送庄社区', 50)).toThrow(/region-not-unique.*西霞院街道.*送庄镇/);
    expect(regionOf(tree, '送庄镇/送庄社区', 50).id).toBe('v2');
  });
  test('as it was known is as it was known', () => expect(new Tree(statements, 2).villages('d', 200)).toEqual(['v1', 'v2', 'v3']));
});

describe('The slices of a figure', () => {
  test('a stock follows the tree on the day asked for', () => expect(stockSlice({ ...all, region: 'd' }, 250)[0]?.villages).toEqual(['v1', 'v3']));
  test('a period is cut where the tree changed for this region', () =>
    expect(periodSlices({ ...all, region: 't2' }, 50, 250)).toEqual([{ villages: ['v2', 'v3'], from: 50, to: 199 }, { villages: ['v3'], from: 200, to: 250 }]));
  test('a grant on a region follows the tree of the same day', () =>
    expect(periodSlices({ ...all, region: 'd', granted: ['t2'] }, 150, 250)).toEqual([{ villages: ['v2', 'v3'], from: 150, to: 199 }, { villages: ['v3'], from: 200, to: 250 }]));
  test('a part follows its unit only while it lay in the region', () => {
    const days = (region: string, within: string): (readonly [number, number, number | undefined])[] => periodSlices({ ...all, region, within }, 50, 250).map(({ from, to, villages }) => [from, to, villages?.length]);
    expect(days('v2', 't2')).toEqual([[50, 199, 1], [200, 250, 0]]);
    expect(days('v2', NO_UNIT)).toEqual([[50, 199, 0], [200, 250, 1]]);
  });
  test('what is told of but not there yet lies nowhere', () => {
    const early = { ...all, region: null, within: NO_UNIT };
    expect(stockSlice(early, -1)[0]?.villages).toContain('v3');
    expect([inRegion(early, { village: 'v3', day: -1 }), inRegion(early, { village: 'v3', day: 0 })]).toEqual([true, false]);
  });
  test('nothing at all is granted to nobody', () => expect(stockSlice({ ...all, region: null, granted: [] }, 250)[0]?.villages).toEqual([]));
});
