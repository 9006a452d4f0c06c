import { counting } from './counting.js';
import { Told } from './day.js';
import { select } from './filter.js';
import type { Kind, Version } from './types.js';

let position = 0;
const fact = (kind: Kind, [key, from, to]: readonly [string, number, number], attributes: Version['attributes']): Version => {
  position += 1;
  const eventId = `cooperative:0:${position}`;
  return { kind, key, subject: 'l-1', from, to, rec: 1, service: 'cooperative', lane: 0, position, voided: false, due: null, attributes, eventId };
};
const bound = (key: string, cooperativeId: string, linkage: string): Version => fact('binding', [key, 0, Infinity], { householdId: 'h-1', cooperativeId, linkage, state: 'ACTIVE' });
const registered = (cooperativeId: string): Version => fact('registration', [cooperativeId, 0, Infinity], { cooperativeId });
const parcel = { kind: 'parcel', id: 'l-1' } as const;
const through = (id: string) => select({ cooperatives: new Set([id]) });

describe('A day seen through two filters', () => {
  const day = new Told(parcel, [bound('b-1', 'c-1', 'MEMBER'), bound('b-2', 'c-2', 'LEASE'), registered('c-1'), registered('c-2')]).on(100);
  const seen = day.only(through('c-1')).only(select({ linkages: new Set(['LEASE']) }));
  test('keeps both on another day', () => expect(counting(seen.on(50))).toEqual([]));
  test('keeps both for facts of whatever day', () => expect(seen.all('binding')).toEqual([]));
});

test('A filter from which nothing falls away today still holds on the day of sowing', () => {
  const linked = fact('link', ['n-1', 80, Infinity], { cooperativeId: 'c-1', enterpriseId: 'e-1' });
  const sown = fact('planting', ['s-1', 50, Infinity], { parcelId: 'l-1', householdId: 'h-1', crop: '桃' });
  const day = new Told(parcel, [bound('b-1', 'c-1', 'MEMBER'), registered('c-1'), linked, sown]).on(100).only(select({ enterprises: new Set(['e-1']) }));
  expect([counting(day).length, counting(day.on(50)).length]).toEqual([1, 0]);
});
