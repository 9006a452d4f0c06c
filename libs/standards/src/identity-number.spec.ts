import fc from 'fast-check';
import { checkIdentityNumber, dayNumber, fromDayNumber, identityCheckCharacter, widenIdentityNumber } from './index.js';

const today = '2022-07-18';
const identity = (text: string, allowTest = true) => {
  const check = checkIdentityNumber(text, { today, allowTest });
  return check.ok ? check.value : check.code;
};
const birth = fc.integer({ min: dayNumber('1900-01-01'), max: dayNumber(today) }).map((n) => fromDayNumber(n).replaceAll('-', ''));
const identities = fc.tuple(fc.integer({ min: 110000, max: 998999 }), birth, fc.integer({ min: 0, max: 999 })).map(([region, day, order]) => {
  const body = `${region}${day}${String(order).padStart(3, '0')}`;
  return body + identityCheckCharacter(body);
});
const fullWidth = (text: string) => [...text].map((character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).join('');

describe('公民身份号码', () => {
  test.each(['11010519491231002X', '440524188001010014', '999999197001010017', '999999198002290019', '99999920000101002X'])('%s is valid', (number) => expect(identity(number)).toBe(number));
  test('birth date and sex are told', () =>
    expect(checkIdentityNumber('11010519491231002X', { today })).toEqual({ ok: true, value: '11010519491231002X', birthDate: '1949-12-31', sex: 'F' }));
  test('spaces, full-width digits, unseen marks and a small x are accepted', () =>
    expect([' 1101 0519491231002ｘ', '１１０１０５１９４９１２３１００２Ｘ', '\u202d11010519491231002x\u202c', '110105\u200b19491231\u3000002X'].map((text) => identity(text))).toEqual(Array(4).fill('11010519491231002X')));
  test('a raised or circled digit is none', () => expect([identity('1101051949123100²X'), identity('1101051949123100②X')]).toEqual(['id-format', 'id-format']));
  test.each(['41032219700101001X', '41030619700101001X', '410301197001010018', '410308197001010012'])('%s: residents hold numbers of any region', (number) => expect(identity(number, false)).toBe(number));
  test.each([
    ['', 'id-missing'], ['　', 'id-missing'], ['4.1E+17', 'id-rounded'], ['4.10322E17', 'id-rounded'], ['110105491231002', 'id-15-digits'], ['11010519491231002', 'id-format'],
    ['1101051949123100211', 'id-format'], ['X1010519491231002X', 'id-format'], ['010105194912310021', 'id-format'], ['1101051949123100X2', 'id-format'], ['无', 'id-format'],
    ['110105194902300021', 'id-birth-date'], ['110105190002290021', 'id-birth-date'], ['110105194913010021', 'id-birth-date'], ['110105203012310021', 'id-birth-future'], ['110105194912310021', 'id-check-digit'],
  ])('%s is refused: %s', (number, code) => expect(identity(number)).toBe(code));
  test('born today is real, born tomorrow is not', () => {
    const born = (day: string) => day.replaceAll('-', '');
    const number = (body: string) => body + identityCheckCharacter(body);
    expect(identity(number(`410322${born(today)}001`))).toMatch(/^410322/);
    expect(identity(number('41032220220719001'))).toBe('id-birth-future');
  });
  test('a test number is refused unless allowed', () => expect(identity('999999197001010017', false)).toBe('id-test-number'));
  test('a number of 15 digits is widened to the 18 that would be right', () => expect(identity(widenIdentityNumber('110105491231002'))).toBe('11010519491231002X'));
  test('every number with the right check is accepted, however it is typed, and any one digit changed is refused', () =>
    fc.assert(fc.property(identities, fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, place, by) => {
      expect([number, number.toLowerCase(), fullWidth(number), [...number].join(' ')].map((text) => identity(text))).toEqual(Array(4).fill(number));
      const changed = number.slice(0, place) + ((Number(number[place]) + by) % 10) + number.slice(place + 1);
      expect(identity(changed)).not.toBe(changed);
    })));
  test('two neighbouring digits exchanged are refused', () =>
    fc.assert(fc.property(identities, fc.nat(15), (number, place) => {
      fc.pre(number[place] !== number[place + 1]);
      const changed = number.slice(0, place) + number[place + 1] + number[place] + number.slice(place + 2);
      expect(identity(changed)).not.toBe(changed);
    })));
});
