import { region as fact, type RegionData } from '#contracts';
import { given } from '#decider';
import { convertToCommunity } from './convert-to-community.js';
import { correctRegion } from './correct-region.js';
import { mengjinRegions } from './mengjin.js';
import { recodeRegion } from './recode-region.js';
import { region } from './region.js';
import { nameKey, shortName } from './region-name.js';
import { registerRegion } from './register-region.js';
import { renameRegion } from './rename-region.js';
import { transferRegion } from './transfer-region.js';
import { voidRegionStatement } from './void-region-statement.js';

const { events: E } = fact;
const LISTED = '2021-10-31';
const town: RegionData = { factId: 't.region.1', from: LISTED, regionId: 't', level: 'TOWN', kind: 'TOWN', code: '410308103', name: '送庄镇', parentId: 'd' };
const other: RegionData = { ...town, factId: 't2.region.1', regionId: 't2', code: '410304100', name: '白马寺镇' };
const village: RegionData = { factId: 'v.region.1', from: LISTED, regionId: 'v', level: 'VILLAGE', kind: 'VILLAGE', code: '410308103210', name: '白鹿庄村村民委员会', parentId: 't' };
const start = given().events(region.at('t'), E.RegionRegistered.of(town, LISTED)).events(region.at('t2'), E.RegionRegistered.of(other, LISTED)).facts({ holders: null });
const known = start.events(region.at('v'), E.VillageRegistered.of(village, LISTED));
const input = { regionId: 'v', level: 'VILLAGE' as const, kind: 'VILLAGE' as const, code: village.code, name: village.name, parentId: 't', validFrom: LISTED };
const elsewhere = { holders: [{ regionId: 'w', from: '2021-10-31', to: '2022-10-01' }] };

describe('Registering a region', () => {
  test('states level, code, name and the unit above', () => start.when(registerRegion, input).emits(['region-v', E.VillageRegistered.of(village, LISTED)]));
  test('an id is used once', () => known.when(registerRegion, { ...input, name: '白鹿村' }).rejects('id-taken'));
  test('told again as it stands changes nothing', () => known.when(registerRegion, input).emits());
  test('a village has 12 digits', () => start.when(registerRegion, { ...input, code: '410308103' }).rejects('wrong-code'));
  test('a village is no 街道', () => start.when(registerRegion, { ...input, kind: 'SUBDISTRICT' }).rejects('wrong-kind'));
  test('a village lies in a town', () => start.when(registerRegion, { ...input, parentId: 'unknown' }).rejects('wrong-parent'));
  test('a village lies in a town that was there by then', () => start.when(registerRegion, { ...input, validFrom: '2021-01-01' }).rejects('wrong-parent'));
  test('a code belongs to one region on a day', () => start.facts(elsewhere).when(registerRegion, input).rejects('code-taken'));
  test('a code that was given up may be used again', () =>
    start.facts(elsewhere).when(registerRegion, { ...input, validFrom: '2022-10-01' }).emits(E.VillageRegistered.of({ ...village, from: '2022-10-01' }, '2022-10-01')));
});

describe('A region changes from a day on', () => {
  const second = { factId: 'v.region.2', from: '2022-10-01' };
  const validFrom = '2022-10-01';

  test('更名 keeps code and place', () =>
    known.when(renameRegion, { regionId: 'v', name: '白鹿村村民委员会', validFrom }).emits(E.VillageRenamed.of({ ...village, ...second, name: '白鹿村村民委员会' }, validFrom)));
  test('村改居 changes kind, code and name', () =>
    known.when(convertToCommunity, { regionId: 'v', code: '410308103002', name: '白鹿社区居民委员会', validFrom })
      .emits(E.VillageConvertedToCommunity.of({ ...village, ...second, kind: 'COMMUNITY', code: '410308103002', name: '白鹿社区居民委员会' }, validFrom)));
  test('划出 changes code and town', () =>
    known.when(transferRegion, { regionId: 'v', code: '410304100202', parentId: 't2', validFrom }).emits(E.VillageTransferredOut.of({ ...village, ...second, code: '410304100202', parentId: 't2' }, validFrom)));
  test('变更代码 changes the code alone', () =>
    known.when(recodeRegion, { regionId: 'v', code: '410308103220', validFrom }).emits(E.VillageRecoded.of({ ...village, ...second, code: '410308103220' }, validFrom)));

  test('a town cannot become a community', () => known.when(convertToCommunity, { regionId: 't', code: '410308103002', name: 'x', validFrom }).rejects('not-a-village'));
  test('a village goes to a town only', () => known.when(transferRegion, { regionId: 'v', code: '410304100202', parentId: 'v', validFrom }).rejects('wrong-parent'));
  test('a region cannot change before it was registered', () => known.when(renameRegion, { regionId: 'v', name: 'x', validFrom: '2020-01-01' }).rejects('not-yet-then'));
  test('told again as it stands changes nothing', () => {
    const renamed = known.events(region.at('v'), E.VillageRenamed.of({ ...village, ...second, name: 'x' }, validFrom));
    return renamed.when(renameRegion, { regionId: 'v', name: 'x', validFrom }).emits();
  });
  test('one statement a day', () => known.when(renameRegion, { regionId: 'v', name: 'x', validFrom: LISTED }).rejects('already-stated'));
  test('only what is registered', () => known.when(renameRegion, { regionId: 'w', name: 'x' }).rejects('no-such-region'));
});

describe('An error about a region', () => {
  const statement = { regionId: 'v', statementId: 'v.region.1' };
  test('is corrected', () => known.facts({ holders: [] }).when(correctRegion, { ...statement, name: '白鹿村村民委员会' }).emits(E.RegionStatementCorrected.of({ ...village, name: '白鹿村村民委员会' }, LISTED)));
  test('corrected to the same changes nothing', () => known.facts({ holders: [] }).when(correctRegion, { ...statement, name: village.name }).emits());
  test('is voided', () => known.when(voidRegionStatement, statement).emits(E.RegionStatementVoided.of(village, LISTED)));
  test('is voided once', () => known.events(region.at('v'), E.RegionStatementVoided.of(village, LISTED)).when(voidRegionStatement, statement).rejects('no-such-statement'));
});

describe('The names of 孟津区', () => {
  test('a village is called without its committee', () => expect([shortName('白鹿庄村村民委员会'), shortName('送庄社区居民委员会')]).toEqual(['白鹿庄村', '送庄社区']));
  test('with or without 村 it is the same', () => expect(nameKey('白鹿庄')).toBe(nameKey('白鹿庄村村民委员会')));
  test('a community is not the village of its name', () => expect(nameKey('送庄社区')).not.toBe(nameKey('送庄村')));
  test('272 units, 38 renamed, 19 converted, 2 transferred', () => {
    const villages = mengjinRegions().filter(({ input: unit }) => (unit as RegionData).level === 'VILLAGE');
    const changes = (action: string) => mengjinRegions().filter(({ path }) => path.endsWith(`/${action}`)).length;
    expect([villages.length, changes('rename'), changes('convert'), changes('transfer')]).toEqual([272, 38, 19, 2]);
  });
});
