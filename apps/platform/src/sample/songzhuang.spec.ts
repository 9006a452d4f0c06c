import { land } from './land.js';
import { contracts, cooperatives, enterprises, testCreditCode } from './organisations.js';
import { population } from './population.js';
import { starValues } from './stars.js';
import { songzhuangVillages } from './villages.js';

const villages = songzhuangVillages();
const people = population(villages);
const ground = land(villages, people);
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const counted = people.bindings.filter((binding) => !binding.draft && binding.cooperative <= 43);
const byHousehold = Map.groupBy(counted, (binding) => binding.householdId);
const persons = new Map(people.households.map((household) => [household.id, household.persons]));

describe('The 送庄镇 set', () => {
  test('has 4600 bindings of 4000 households with 15000 persons', () => {
    expect([counted.length, byHousehold.size, sum([...byHousehold.keys()].map((id) => persons.get(id) ?? 0))]).toEqual([4600, 4000, 15000]);
  });
  test('counts 17250 persons when the 600 households in two cooperatives are counted twice', () => {
    expect(sum(counted.map((binding) => persons.get(binding.householdId) ?? 0))).toBe(17250);
    expect([...byHousehold.values()].filter((mine) => mine.length === 2)).toHaveLength(600);
  });
  test('has the primary linkages 2600 member, 800 order, 350 labour, 250 lease', () => {
    const first = [...byHousehold.values()].map((mine) => mine[0]?.linkage);
    expect(['MEMBER', 'ORDER', 'LABOUR', 'LEASE'].map((kind) => first.filter((linkage) => linkage === kind).length)).toEqual([2600, 800, 350, 250]);
  });
  test('41, 42 and 43 hold 90, 80 and 70 households that have no other cooperative, 40 has 20 of 清河口村', () => {
    expect([41, 42, 43].map((n) => counted.filter((binding) => binding.cooperative === n).length)).toEqual([90, 80, 70]);
    expect(counted.filter((binding) => binding.cooperative === 40 && binding.householdId.startsWith('h-103216'))).toHaveLength(20);
  });
  test('claims 15000.00 亩, of which 300.00 twice, and sows 15900.00 of it', () => {
    const claimed = ground.parcels.filter((parcel) => parcel.claimedBy.length > 0);
    const ids = new Set(claimed.map((parcel) => parcel.id));
    expect(sum(claimed.map((parcel) => parcel.area))).toBe(1_500_000);
    expect(sum(claimed.filter((parcel) => parcel.claimedBy.length > 1).map((parcel) => parcel.area))).toBe(30_000);
    expect(sum(ground.plantings.filter((planting) => ids.has(planting.parcelId)).map((planting) => planting.area))).toBe(1_590_000);
  });
  test('claims each village its own area', () => {
    for (const village of villages) {
      expect(sum(ground.parcels.filter((parcel) => parcel.villageId === `r-${village.code}` && parcel.claimedBy.length).map((parcel) => parcel.area))).toBe(village.area);
    }
  });
  test('has 43 cooperatives and 2 cancelled, 8 enterprises and 2 decoys, 38 contracts', () => {
    expect([cooperatives(villages).length, enterprises(villages).length, contracts(cooperatives(villages)).length]).toEqual([45, 10, 38]);
  });
  test('has eight values entered for the star of each village, and for 朱家寨村 no evidence of TI-7, so nothing', () => {
    const entered = Map.groupBy(starValues(villages), ({ villageId }) => villageId);
    expect(villages.map(({ code }) => entered.get(`r-${code}`)?.length)).toEqual(villages.map(({ name }) => (name === '朱家寨村' ? 7 : 8)));
  });
  test('makes credit codes with both checks right', () => {
    expect([testCreditCode('93', 1), testCreditCode('93', 2), testCreditCode('91', 1), testCreditCode('91', 2)]).toEqual(['93410308XX0000019H', '93410308XX0000027C', '91410308XX0000019P', '91410308XX0000027J']);
  });
});
