import { setTimeout as pause } from 'node:timers/promises';
import type { InjectedAnswer } from '#service-kit';
import { bound, claimed, StarTrial, VALUES } from '../../../test/star-trial.js';
import { industrySheet2022 } from './service.js';

const trial = new StarTrial();

beforeAll(async () => {
  await trial.open();
  await trial.settle();
}, 120_000);
afterAll(() => trial.end(), 60_000);

describe('A standard sheet', () => {
  test('must be there before anything is scored or entered', async () => {
    const { status, body } = await trial.get('analyst', '/star/villages/r-1');
    expect([status, body.code]).toEqual([409, 'no-standard-sheet']);
    expect(await trial.results()).toEqual([]);
  });

  test('is published by the district, version by version, and never edited', async () => {
    expect((await trial.post('village', '/star/sheets', industrySheet2022())).status).toBe(403);
    await trial.give('district', '/star/sheets', industrySheet2022());
    expect((await trial.post('district', '/star/sheets', industrySheet2022())).body.code).toBe('not-next');
    expect((await trial.get('analyst', '/star/sheets?star=THRIVING_INDUSTRY')).body).toMatchObject({ total: 1, items: [{ version: 1, validFrom: '2022-01-01', criteria: industrySheet2022().criteria }] });
  });
});

describe('A village', () => {
  test('of which nothing was entered is unknown, and is scored by itself', async () => {
    await trial.follows({ result: 'UNKNOWN', unmet: [], unknown: ['TI-1', 'TI-2', 'TI-3', 'TI-4', 'TI-6', 'TI-7'] });
    expect(await trial.star()).toMatchObject({ result: 'UNKNOWN', progress: 20, standing: 'provisional' });
  }, 60_000);

  test('has the star when everything is met, equal to the threshold included', async () => {
    for (const [criterion, value] of Object.entries(VALUES)) await trial.enter('r-1', criterion, value);
    const told = await trial.star();
    expect(told).toMatchObject({ result: 'MET', progress: 100, unmet: [], unknown: [], village: { id: 'r-1', code: '410308103210', town: '送庄镇' }, sheet: { version: 1 } });
    expect(told.criteria.map(({ id, tests }) => [id, ...tests.map(({ value, threshold }) => [value, threshold])])).toEqual([
      ['TI-1', [50, 50]], ['TI-2', ['40.00', 40]], ['TI-3', [70, 70]], ['TI-4', [10, 10]], ['TI-5', [5, 1], ['50.00', 50]], ['TI-6', [18_000, 18_000]], ['TI-7', [true, null]],
    ]);
    await trial.follows({ result: 'MET', sheetVersion: 1 });
  }, 60_000);

  test('opens each reason down to the events that were counted', async () => {
    const engaged = (await trial.star()).criteria[1]?.tests[0]?.figures[0];
    const drill = await trial.get('analyst', engaged?.drill ?? '');
    expect(drill.body.items.map(({ subject, value }: { subject: { id: string }; value: number }) => [subject.id, value])).toEqual([1, 2, 3, 4].map((n) => [`h-r-1-${n}`, 1]));
    expect((await trial.get('analyst', `/projection/events/${drill.body.items[0].by[0].event}`)).body).toMatchObject({ fact: { key: expect.stringMatching(/^[hk]-/) } });
  }, 60_000);

  test('is found by code, id, name and town', async () => {
    for (const name of ['410308103210', 'r-1', '白鹿庄村', '送庄镇%2F白鹿庄村']) {
      const { body } = await trial.get('analyst', `/star/villages/${name}?asOf=2022-07-18`);
      expect([name, body]).toEqual([name, expect.objectContaining({ result: 'MET' })]);
    }
    expect((await trial.get('analyst', '/star/villages/送庄镇')).status).toBe(400);
    expect((await trial.get('analyst', '/star/villages/无名村')).status).toBe(400);
  });
});

describe('A question', () => {
  test('sees what its caller has just written, also where it asks others', async () => {
    const standing = (resident: boolean) => ({ factId: 'h-r-1-10.2', from: '2022-01-01', householdId: 'h-r-1-10', resident, eligible: true });
    for (const resident of [false, true, false, true]) {
      await trial.state('farmer', 'h-r-1-10', 'HouseholdStandingCorrected', standing(resident));
      expect((await trial.star()).criteria[1]?.tests[0]?.figures[1]?.value).toBe(resident ? 10 : 9);
    }
  }, 60_000);
});

describe('Asked later', () => {
  test('a star is told as it was known then, finally', async () => {
    const then = new Date(Date.parse('2022-08-01T00:10:00+08:00') - 1).toISOString();
    const known = `asOf=2022-07-18&knownAt=${then}`;
    trial.set('2022-08-01T00:10:00+08:00');
    await trial.give('village', '/star/villages/r-1/values/r-1.value.8/void');
    await trial.follows({ result: 'UNKNOWN', asOf: '2022-08-01' });
    // Lanes that are idle tell how far they are once a second.
    for (let tries = 0; tries < 100 && (await trial.get('analyst', `/star/villages/r-1?${known}`)).status === 409; tries += 1) await pause(100);
    expect(await trial.star(known)).toMatchObject({ result: 'MET', standing: 'final', knownAt: then });
    expect(await trial.star()).toMatchObject({ result: 'UNKNOWN', unknown: ['TI-7'], standing: 'provisional' });
    const beyond = await trial.get('analyst', '/star/villages/r-1?asOf=2022-07-18&knownAt=2030-01-01');
    expect([beyond.status, beyond.body.code]).toEqual([409, 'not-known-yet']);
  }, 60_000);
});

describe('Lists', () => {
  const codes = ({ body }: InjectedAnswer) => (body.items as { code: string }[]).map(({ code }) => code);
  const list = 'asOf=2022-07-18&region=410308103';

  test('of villages are filtered by region, result and name, and paged', async () => {
    await trial.enter('r-2', 'TI-1', 49.99);
    expect((await trial.get('analyst', `/star/villages?${list}`)).body).toMatchObject({ total: 2, counts: { MET: 0, NOT_MET: 1, UNKNOWN: 1 }, standing: 'provisional' });
    expect(codes(await trial.get('analyst', `/star/villages?${list}&q=白鹿`))).toEqual(['410308103210']);
    expect((await trial.get('analyst', `/star/villages?${list}&result=NOT_MET`)).body).toMatchObject({ total: 1, items: [{ id: 'r-2', unmet: ['TI-1'] }] });
    const first = await trial.get('analyst', `/star/villages?${list}&limit=1`);
    expect([codes(first), codes(await trial.get('analyst', `/star/villages?${list}&limit=1&after=${first.body.next}`))]).toEqual([['410308103210'], ['410308103211']]);
    const opened = await trial.get('analyst', first.body.items[0].explained);
    expect([opened.status, opened.body.unknown]).toEqual([200, first.body.items[0].unknown]);
  }, 60_000);

  test('show everybody what his grants reach', async () => {
    expect(codes(await trial.get('neighbour', `/star/villages?${list}`))).toEqual(['410308103211']);
    expect((await trial.get('neighbour', '/star/villages/r-1?asOf=2022-07-18')).status).toBe(404);
    const villages = async (url: string) => new Set((await trial.get('neighbour', url)).body.items.map(({ villageId }: { villageId: string }) => villageId));
    expect([await villages('/star/results'), await villages('/star/values')]).toEqual([new Set(['r-2']), new Set(['r-2'])]);
    expect((await trial.get('manager', '/star/villages?asOf=2022-07-18')).status).toBe(403);
    for (const who of ['neighbour', 'analyst']) expect((await trial.post(who, '/star/villages/r-1/values', { criterion: 'TI-1', value: 1 })).status).toBe(403);
  });

  test('of values tell them as they now stand, with their evidence', async () => {
    await trial.give('village', '/star/villages/r-1/values/r-1.value.2/correct', { value: 55 });
    expect((await trial.get('village', '/star/values?villageId=r-1&criterion=TI-1')).body).toMatchObject({ total: 1, items: [{ id: 'r-1.value.2', value: 55, evidence: '镇统计台账', validFrom: '2022-06-30', year: 2022 }] });
    expect((await trial.get('village', '/star/values?criterion=TI-7')).body.items).toEqual([]);
  });
});

describe('A sheet that asks for a figure of a period', () => {
  const region = (regionId: string, type: string, more: object) => trial.state('farmer', regionId, type, { factId: `${regionId}.1`, from: '2021-10-31', regionId, level: 'TOWN', kind: 'TOWN', name: regionId, parentId: null, ...more });
  const village = { level: 'VILLAGE', kind: 'VILLAGE', name: '移村村民委员会' };
  const sown = (n: number, from: string, area: number) => trial.state('farmer', 'l-3', 'PlantingRecorded', { factId: `s-${n}`, from, parcelId: 'l-3', householdId: 'h-3', crop: '桃', area });
  const star = 'star=LIVABLE_ECOLOGY&asOf=2022-07-18';

  test('counts all of a village that changed towns in it, from whichever town it is looked at', async () => {
    await region('r-u', 'RegionRegistered', { code: '410308104' });
    await region('r-w', 'RegionRegistered', { code: '410308105' });
    await region('r-3', 'RegionRegistered', { ...village, code: '410308104201', parentId: 'r-u' });
    await region('r-3', 'VillageTransferredOut', { ...village, factId: 'r-3.2', from: '2022-04-01', code: '410308105201', parentId: 'r-w' });
    await trial.state('farmer', 'h-3', 'HouseholdRegistered', { factId: 'h-3.1', from: '2022-01-01', householdId: 'h-3', villageId: 'r-3' });
    await trial.state('farmer', 'l-3', 'ParcelRegistered', { factId: 'l-3.1', from: '2022-01-01', parcelId: 'l-3', villageId: 'r-3', area: 500 });
    await trial.state('cooperative', 'h-3', 'FarmerBindingActivated', bound('h-3'));
    await trial.state('cooperative', 'h-3', 'LandClaimed', claimed('h-3', { parcelId: 'l-3' }));
    await sown(1, '2022-03-10', 300);
    await sown(2, '2022-05-10', 200);
    const test = { kind: 'FIGURE', figure: { measure: 'sown-area' }, unit: { zh: '亩/100', en: '0.01 mu' }, comparison: 'AT_LEAST', threshold: { kind: 'FIXED', value: 500 } };
    const criterion = { id: 'LE-1', title: { zh: '播种面积', en: 'Sown area' }, mandatory: true, weight: 1, tests: [test] };
    await trial.give('district', '/star/sheets', { star: 'LIVABLE_ECOLOGY', version: 1, validFrom: '2022-01-01', title: { zh: '试用', en: 'Trial' }, criteria: [criterion] });
    const alone = await trial.get('district', `/star/villages/r-3?${star}`);
    expect(alone.body).toMatchObject({ result: 'MET', criteria: [{ tests: [{ value: 500 }] }] });
    expect((await trial.get('district', `/star/villages?region=r-w&${star}`)).body).toMatchObject({ total: 1, items: [{ id: 'r-3', result: 'MET' }] });
    expect((await trial.get('district', `/star/villages?${star}&result=MET`)).body).toMatchObject({ total: 1, items: [{ id: 'r-3' }] });
  }, 60_000);
});
