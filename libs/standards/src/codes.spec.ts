import fc from 'fast-check';
import { checkParcelCode, checkRegionCode, normalise, readLandCode } from './index.js';

const TOWNS: readonly (readonly [string, string])[] = [
  ['410308002', 'SUBDISTRICT'], ['410308003', 'SUBDISTRICT'], ['410308004', 'SUBDISTRICT'], ['410308005', 'SUBDISTRICT'], ['410308100', 'TOWN'], ['410308101', 'TOWN'], ['410308102', 'TOWN'],
  ['410308103', 'TOWN'], ['410308104', 'TOWN'], ['410308105', 'TOWN'], ['410308106', 'TOWN'], ['410308107', 'TOWN'], ['410308108', 'TOWN'], ['410308109', 'TOWN'],
];

describe('区划代码', () => {
  test.each([
    ['410308', 'DISTRICT', 'DISTRICT'], ['410308102217', 'VILLAGE', 'VILLAGE'], ['410308103210', 'VILLAGE', 'VILLAGE'], ['410308103204', 'VILLAGE', 'VILLAGE'], ['410308103209', 'VILLAGE', 'VILLAGE'],
    ['410308104001', 'VILLAGE', 'COMMUNITY'], ['410308002007', 'VILLAGE', 'COMMUNITY'], ['410308103001', 'VILLAGE', 'COMMUNITY'], ['410308103498', 'VILLAGE', null],
  ])('%s is a %s (%s)', (code, level, kind) => expect(checkRegionCode(code)).toEqual({ ok: true, value: code, level, kind }));
  test.each(TOWNS)('%s is a %s', (code, kind) => expect(checkRegionCode(code)).toEqual({ ok: true, value: code, level: 'TOWN', kind }));
  test('spaces and full-width digits are accepted', () => expect(checkRegionCode(' ４１０３０８ 103 210')).toMatchObject({ ok: true, value: '410308103210' }));
  test.each(['', '4103081', '41030810321', '4103081032101', '010308', '41030A', '四一〇三〇八'])('%s is refused', (text) => expect(checkRegionCode(text)).toEqual({ ok: false, code: 'region-code-format' }));
  test('a code lies in every region that is a prefix of it', () =>
    fc.assert(fc.property(fc.integer({ min: 110_000_000_000, max: 659_999_999_999 }).map(String), (code) => {
      expect([6, 9, 12].map((length) => checkRegionCode(code.slice(0, length)))).toMatchObject([{ level: 'DISTRICT' }, { level: 'TOWN' }, { level: 'VILLAGE' }]);
    })));
});

describe('承包地块编码', () => {
  test('19 digits tell village and group', () => expect(checkParcelCode('4103081032100100002')).toEqual({ ok: true, value: '4103081032100100002', village: '410308103210', group: '01' }));
  test('a code of the time before the district is accepted', () => expect(checkParcelCode('4103221032100100002')).toMatchObject({ ok: true, village: '410322103210' }));
  test.each([['4.1E+18', 'parcel-code-rounded'], ['', 'parcel-code-invalid'], ['41030810321001', 'parcel-code-invalid'], ['410308103210010000', 'parcel-code-invalid'], ['41030810321001000021', 'parcel-code-invalid'], ['410308103210010001J', 'parcel-code-invalid']])(
    '%s is refused: %s', (text, code) => expect(checkParcelCode(text)).toEqual({ ok: false, code }));
});

describe('Other codes of land', () => {
  test('an issuer has 14 digits, a contractor 18, a contract these and J or Q', () =>
    expect([readLandCode('ISSUER', '41030810321001'), readLandCode('CONTRACTOR', '410308103210010001'), readLandCode('CONTRACT', '410308103210010001j'), readLandCode('CONTRACT', ' 410308103210010001Ｑ')])
      .toEqual(['41030810321001', '410308103210010001', '410308103210010001J', '410308103210010001Q']));
  test('a code of another kind is none', () =>
    expect([readLandCode('ISSUER', '410308103210'), readLandCode('CONTRACTOR', '4103081032100100002'), readLandCode('CONTRACT', '4103081032100100002'), readLandCode('CONTRACT', '410308103210010001K')]).toEqual([null, null, null, null]));
});

test('full-width text is made ordinary, what cannot be seen goes, and a raised digit stays one', () => expect(normalise('\ufeff４１０３　ＡＢ\u200b\u202c ²')).toBe('4103AB²'));
