import { BAILU, FarmerTrial, XISHANTOU } from '../../../test/farmer-trial.js';

let trial: FarmerTrial;
const { give, ask, send, refused } = {
  give: (...of: Parameters<FarmerTrial['give']>) => trial.give(...of),
  ask: (...of: Parameters<FarmerTrial['ask']>) => trial.ask(...of),
  send: (...of: Parameters<FarmerTrial['send']>) => trial.send(...of),
  refused: (...of: Parameters<FarmerTrial['refused']>) => trial.refused(...of),
};
beforeAll(async () => {
  trial = await FarmerTrial.start();
}, 120_000);
afterAll(() => trial?.stop());

describe('Regions', () => {
  const count = async (asOf: string) => (await ask(`/regions?under=r-410308&level=VILLAGE&asOf=${asOf}&limit=1`)).total;

  test('there are 272 units as of 2022-07-20 and 270 as of 2022-10-31', async () => {
    expect([await count('2022-07-20'), await count('2022-10-31')]).toEqual([272, 270]);
  });

  test('a village is found by its present and by its former name, official or not, and by an old code', async () => {
    const found = await Promise.all(['白鹿村', '白鹿庄村', '白鹿庄村村民委员会', '410308103210'].map((name) => ask(`/villages?name=${encodeURIComponent(name)}&asOf=2022-12-01`)));
    expect(found.map(({ village }) => village.regionId)).toEqual([BAILU, BAILU, BAILU, BAILU]);
    expect((await ask('/villages?name=410308104210&asOf=2022-12-01')).village).toMatchObject({ regionId: 'r-410308104210', code: '410308104004', kind: 'COMMUNITY' });
  });

  test('a name that is not unique asks for the town', async () => {
    const ambiguous = await ask(`/villages?name=${encodeURIComponent('送庄社区')}`);
    expect(ambiguous).toMatchObject({ code: 'village-ambiguous', ask: 'town', candidates: [{ parentName: '西霞院街道' }, { parentName: '送庄镇' }] });
    expect((await ask(`/villages?name=${encodeURIComponent('送庄社区')}&town=${encodeURIComponent('送庄镇')}`)).village.regionId).toBe('r-410308103001');
  });

  test('a code belongs to one unit at a time', async () => {
    expect(await refused(`/regions/${XISHANTOU}/recode`, { code: '410308103210', validFrom: '2022-06-01' })).toEqual([409, 'code-taken']);
  });

  test('a village official may not change regions', async () => {
    expect((await refused(`/regions/${BAILU}/rename`, { name: '另一村' }, 'bailu'))[0]).toBe(403);
  });
});

describe('Households and persons', () => {
  const zhang = { personId: 'p-1', name: '张三丰', identityNumber: '999999197001010017', phone: '138 1234 0000' };
  beforeAll(async () => {
    await give('/households', { householdId: 'h-1', villageId: BAILU, resident: true, eligible: true, validFrom: '2022-01-01', persons: [zhang, { personId: 'p-2', name: '李四' }] }, 'bailu');
  });

  test('a household is registered with its home, standing and persons at once', async () => {
    expect((await ask('/households?asOf=2022-07-18')).items).toMatchObject([{ householdId: 'h-1', villageId: BAILU, resident: true, eligible: true }]);
    expect((await ask('/households?asOf=2021-12-31')).total).toBe(0);
  });

  test('names, numbers and phones are masked', async () => {
    const { items } = await ask('/households/h-1/persons', 'bailu');
    expect(items).toMatchObject([{ personId: 'p-1', name: '张*丰', identityNumber: '9999** **** ****0017', phone: '138****0000' }, { personId: 'p-2', name: '李*', identityNumber: null }]);
  });

  test('nothing that is stored holds a name, number or phone in clear', async () => {
    const stored = await trial.everythingStored();
    expect(stored).toMatch(/PersonDetailsSealed/);
    expect(stored).not.toMatch(/张三丰|999999197001010017|1234 ?0000/);
  });

  test('one person per identity number, however it is typed', async () => {
    expect(await refused('/persons', { householdId: 'h-1', name: '张三', identityNumber: ' ９９９９９９197001010017' })).toEqual([409, 'identity-taken']);
    expect(await refused('/persons', { householdId: 'h-1', name: '张三', identityNumber: '999999197001010018' })).toEqual([409, 'wrong-identity-number']);
  });

  test('a refusal and a malformed input repeat nothing personal', async () => {
    const { body } = await send('district', 'POST', '/persons', { householdId: 'h-1', name: '王小明', identityNumber: 123, phone: 'not a phone' });
    expect(JSON.stringify(body)).not.toMatch(/王小明|not a phone/);
  });

  test('persons are found by name, number or phone within the grants of the caller', async () => {
    const found = async (body: object, as: string) => (await send(as, 'POST', '/persons/search', body)).body.items.map(({ personId }: { personId: string }) => personId);
    expect(await found({ name: '张三丰' }, 'bailu')).toEqual(['p-1']);
    expect(await found({ phone: '13812340000' }, 'district')).toEqual(['p-1']);
    expect(await found({ identityNumber: '999999197001010017' }, 'xishantou')).toEqual([]);
  });

  test('details are shown in clear only for a reason, which is recorded', async () => {
    expect((await refused('/persons/p-1/reveal', {}, 'bailu'))[0]).toBe(400);
    await give('/persons/p-1/reveal', { revealId: 'v-1', reason: 'VERIFICATION', reference: 'case-12' }, 'bailu');
    expect(await ask('/reveals/v-1', 'bailu')).toMatchObject({ personId: 'p-1', name: '张三丰', identityNumber: '999999197001010017', phone: '13812340000' });
    expect((await send('district', 'GET', '/reveals/v-1')).status).toBe(404);
    expect((await ask('/reveals')).items).toMatchObject([{ revealId: 'v-1', actor: 'bailu', reason: 'VERIFICATION' }]);
  });

  test('a move entered late leaves earlier days where they were, and can be corrected and voided', async () => {
    const where = async (asOf: string) => (await ask(`/households?asOf=${asOf}&q=h-1`)).items[0].villageId;
    await give('/households/h-1/move', { villageId: XISHANTOU, validFrom: '2022-04-01' });
    expect([await where('2022-03-31'), await where('2022-04-01')]).toEqual([BAILU, XISHANTOU]);
    expect(await refused('/households/h-1/move', { villageId: BAILU, validFrom: '2022-04-01' })).toEqual([409, 'already-stated']);
    await give('/households/h-1/homes/h-1.home.2/correct', { validFrom: '2022-05-01' });
    expect([await where('2022-04-30'), await where('2022-05-01')]).toEqual([BAILU, XISHANTOU]);
    await give('/households/h-1/homes/h-1.home.2/void', {});
    expect(await where('2022-07-18')).toBe(BAILU);
  });

  test('a split makes a household of its own and moves its persons, or changes nothing', async () => {
    expect(await refused('/households/h-1/split', { newHouseholdId: 'h-2', personIds: ['p-2', 'p-9'], validFrom: '2022-06-01' })).toEqual([409, 'not-a-member']);
    expect((await send('district', 'GET', '/households/h-2')).status).toBe(404);
    await give('/households/h-1/split', { newHouseholdId: 'h-2', personIds: ['p-2'], validFrom: '2022-06-01' });
    const members = async (asOf: string) => (await ask(`/persons?asOf=${asOf}`)).items.map((row: { personId: string; householdId: string }) => `${row.personId}@${row.householdId}`);
    expect([await members('2022-05-31'), await members('2022-06-01')]).toEqual([['p-1@h-1', 'p-2@h-1'], ['p-1@h-1', 'p-2@h-2']]);
  });

  test('nothing follows a death', async () => {
    await give('/persons/p-2/die', { validFrom: '2022-07-01' });
    expect(await refused('/persons/p-2/move', { householdId: 'h-1', validFrom: '2022-07-10' })).toEqual([409, 'after-death']);
    await give('/persons/p-2/placements/p-2.member.3/void', {});
    await give('/persons/p-2/move', { householdId: 'h-1', validFrom: '2022-07-10' });
  });

  test('an official of another village sees and changes nothing', async () => {
    expect((await ask('/households', 'xishantou')).total).toBe(0);
    expect((await send('xishantou', 'GET', '/households/h-1')).status).toBe(404);
    expect((await refused('/households/h-1/standings', { eligible: false }, 'xishantou'))[0]).toBe(403);
    expect((await send('manager', 'GET', '/persons')).status).toBe(403);
  });

  test('an erased person stays in every count, the name is gone everywhere', async () => {
    const before = await ask('/persons?householdId=h-1&asOf=2022-07-18');
    await give('/persons/p-1/erase', {});
    const after = await ask('/persons?householdId=h-1&asOf=2022-07-18');
    expect(after.total).toBe(before.total);
    expect(after.items[0]).toMatchObject({ personId: 'p-1', name: null, identityNumber: null, phone: null, erased: true });
    expect((await send('district', 'POST', '/persons/search', { name: '张三丰' })).body.items).toEqual([]);
    expect(await refused('/persons/p-1/reveal', { reason: 'CONTACT' })).toEqual([409, 'erased']);
    expect(await refused('/persons', { householdId: 'h-1', name: '张三丰', identityNumber: zhang.identityNumber })).toEqual([409, 'identity-taken']);
  });

  test('a registration that is voided frees the number', async () => {
    const wang = { householdId: 'h-1', name: '王五', identityNumber: '999999198002290019' };
    await give('/persons', { ...wang, personId: 'p-3' });
    await give('/persons/p-3/void', {});
    const { ids } = await give('/persons', wang);
    expect(ids.person).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('Land and crops', () => {
  test('a parcel is registered once per code, remeasured, corrected and voided', async () => {
    await give('/parcels', { parcelId: 'l-1', villageId: BAILU, area: 325, parcelCode: '4103081032100100001', validFrom: '2022-01-01' });
    expect(await refused('/parcels', { parcelId: 'l-2', villageId: BAILU, area: 100, parcelCode: '4103081032100100001' })).toEqual([409, 'parcel-code-taken']);
    await give('/parcels/l-1/measures', { area: 400, validFrom: '2022-06-01' });
    await give('/parcels/l-1/measures/l-1.land.2/correct', { area: 330 });
    const area = async (asOf: string) => (await ask(`/parcels?villageId=${BAILU}&asOf=${asOf}`)).items[0].area;
    expect([await area('2022-05-31'), await area('2022-06-01')]).toEqual([325, 330]);
    await give('/parcels/l-1/measures/l-1.land.2/void', {});
    expect(await area('2022-07-18')).toBe(325);
  });

  test('a planting and a harvest are recorded late, corrected and voided', async () => {
    await give('/plantings', { plantingId: 's-1', parcelId: 'l-1', householdId: 'h-1', crop: '桃', area: 325, on: '2022-03-10' });
    await give('/plantings/s-1/correct', { crop: '葡萄', on: '2022-03-12' });
    expect((await ask('/plantings?from=2022-03-11')).items).toMatchObject([{ id: 's-1', crop: '葡萄', on: '2022-03-12', villageId: BAILU }]);
    await give('/plantings/s-1/void', {});
    expect((await ask('/plantings')).total).toBe(0);
    await give('/harvests', { harvestId: 'g-1', parcelId: 'l-1', householdId: 'h-1', crop: '桃', weight: 1_250_000, on: '2022-07-01' });
    expect((await ask('/harvests', 'bailu')).items).toMatchObject([{ id: 'g-1', weight: 1_250_000 }]);
  });
});
