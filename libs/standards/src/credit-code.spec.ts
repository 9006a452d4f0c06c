import fc from 'fast-check';
import { checkCreditCode, creditCheckCharacter, organisationCheckCharacter } from './index.js';

const credit = (text: string) => {
  const check = checkCreditCode(text);
  return check.ok ? check.value : check.code;
};
const ALPHABET = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const credits = fc.tuple(fc.constantFrom('91', '92', '93', 'N1', 'N2', 'N3', '51'), fc.integer({ min: 110000, max: 659999 }), fc.array(fc.constantFrom(...ALPHABET), { minLength: 8, maxLength: 8 })).map(([prefix, region, letters]) => {
  const body = letters.join('');
  const code = `${prefix}${region}${body}${organisationCheckCharacter(body)}`;
  return code + creditCheckCharacter(code);
});
const VALID = [
  ['91350100M000100Y43', 'ENTERPRISE', '350100'], ['93410308XX0000019H', 'FARMER_COOPERATIVE', '410308'], ['93410308XX0000027C', 'FARMER_COOPERATIVE', '410308'],
  ['91410308XX0000019P', 'ENTERPRISE', '410308'], ['91410308XX0000027J', 'ENTERPRISE', '410308'], ['N2410308XX00000197', 'VILLAGE_COLLECTIVE', '410308'],
  ['93410322MA40K00030', 'FARMER_COOPERATIVE', '410322'], ['N2410306MF00000130', 'VILLAGE_COLLECTIVE', '410306'], ['54410308ME000001XN', 'SELF_GOVERNING', '410308'],
] as const;

describe('统一社会信用代码', () => {
  test.each(VALID)('%s is a valid code: %s registered in %s', (code, organisation, region) => expect(checkCreditCode(code)).toEqual({ ok: true, value: code, organisation, region }));
  test.each([['92', 'SOLE_TRADER'], ['N1', 'GROUP_COLLECTIVE'], ['N3', 'TOWN_COLLECTIVE'], ['51', 'SOCIAL_ORGANISATION'], ['52', 'SOCIAL_ORGANISATION'], ['53', 'SOCIAL_ORGANISATION'], ['11', 'GOVERNMENT'], ['12', 'GOVERNMENT'], ['A1', 'OTHER']])(
    'a code that begins with %s is of a %s', (prefix, organisation) => {
      const body = `${prefix}410308XX0000019`;
      expect(checkCreditCode(body + creditCheckCharacter(body))).toMatchObject({ ok: true, organisation });
    });
  test('spaces, full-width and small letters are accepted', () => expect([' 9341 0308 xx0000019h', '９３４１０３０８ＸＸ０００００１９Ｈ'].map(credit)).toEqual(Array(2).fill('93410308XX0000019H')));
  test('the sample that is printed with a letter the standard leaves out is refused', () => expect(credit('91350100M000100Y4Z')).toBe('credit-code-format'));
  test.each(['I', 'O', 'S', 'V', 'Z'])('the letter %s occurs nowhere', (letter) => {
    const code = '93410308XX0000019H';
    expect([0, 1, 8, 12, 16, 17].map((place) => credit(code.slice(0, place) + letter + code.slice(place + 1)))).toEqual(Array(6).fill('credit-code-format'));
  });
  test.each(['', '93410308XX0000019', '93410308XX0000019HH', '934103A8XX0000019H'])('%s has another form', (text) => expect(credit(text)).toBe('credit-code-format'));
  test('the inner code has its own check: 10 is X, 11 is 0', () => expect(['XX000001', 'XX000002', 'ME000001', 'MF000001'].map(organisationCheckCharacter)).toEqual(['9', '7', 'X', '3']));
  test('a remainder of 0 gives 0', () => {
    const zero = fc.sample(fc.array(fc.constantFrom(...ALPHABET), { minLength: 8, maxLength: 8 }), 500).map((letters) => organisationCheckCharacter(letters.join('')));
    expect(new Set(zero)).toEqual(new Set([...'0123456789X']));
  });
  test('a wrong check inside is told from a wrong check at the end', () => {
    expect(credit('93410308XX0000028C')).toBe('credit-code-organisation-check');
    expect(credit('93410308XX0000027D')).toBe('credit-code-check');
  });
  /** What the two wrong implementations in circulation compute: letters by their distance from A, and mod 11. */
  test.each(['93410308XX00000197', '93410308XX00000194', '91350100M000100Y4J', '91350100M000100Y4A', '93410322MA40K00033', '93410322MA40K00035'])('%s has the check of a wrong implementation', (code) => expect(credit(code)).toBe('credit-code-check'));
  test('every code with both checks right is accepted, and any one character changed is refused', () =>
    fc.assert(fc.property(credits, fc.nat(17), fc.integer({ min: 1, max: 30 }), (code, place, by) => {
      expect([code, code.toLowerCase(), [...code].join(' ')].map(credit)).toEqual(Array(3).fill(code));
      const changed = code.slice(0, place) + ALPHABET[(ALPHABET.indexOf(code[place] as string) + by) % 31] + code.slice(place + 1);
      expect(credit(changed)).not.toBe(changed);
    })));
});
