import fc from 'fast-check';
import { Delimited, DELIMITERS, sniffDelimiter } from './delimited.js';

const split = (text: string, delimiter = ',', pieces = 1000): string[][] => {
  const reader = new Delimited(delimiter, false);
  const records: string[][] = [];
  for (let at = 0; at < text.length; at += pieces) records.push(...reader.push(text.slice(at, at + pieces)));
  return [...records, ...reader.end()];
};
const quoted = (field: string, delimiter: string): string => (field.includes(delimiter) || /["\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

describe('Delimited text', () => {
  test('is split at its delimiter and its line ends', () => expect(split('a,b\r\nc,d\n\ne')).toEqual([['a', 'b'], ['c', 'd'], [''], ['e']]));
  test('holds delimiters, line ends and quotes within quotes', () => expect(split('"a,b","c\nd","e""f"\n"",g')).toEqual([['a,b', 'c\nd', 'e"f'], ['', 'g']]));
  test('a quote in the middle of a field is a letter', () => expect(split('a"b,c\nd')).toEqual([['a"b', 'c'], ['d']]));
  test('what is quoted without an end ends with the file', () => expect(split('a,"b\nc')).toEqual([['a', 'b\nc']]));
  test('what was written is what is read, however it is cut into pieces', () =>
    fc.assert(fc.property(fc.array(fc.array(fc.string({ unit: fc.constantFrom('a', '好', '"', ',', ';', '\t', '\n', ' ', '𬭼') }), { minLength: 1, maxLength: 5 }), { minLength: 1 }), fc.constantFrom(...DELIMITERS), fc.integer({ min: 1, max: 9 }), (records, delimiter, pieces) => {
      const lines = records.map((record) => record.map((field) => quoted(field, delimiter)).join(delimiter));
      expect(split(lines.map((line) => `${line}\n`).join(''), delimiter, pieces)).toEqual(records);
    })));
  test.each([[',', 'a,b;c,d\n1,2,3\n'], ['\t', 'a\tb, c\tx\n1\t2\t3'], [';', 'a;b;"x,y,z,w"\n1,5;2,5;3'], [',', '名册\n填报单位;某\n序号,姓名,电话\n1,a,b\n2,a,b']])('the delimiter of most lines is %j', (delimiter, text) => expect(sniffDelimiter(text)).toBe(delimiter));
});
