import fc from 'fast-check';
import { LIMITS, type RawRow } from '../source.js';
import { RowReader } from './rows.js';
import { type Handler, XmlScan } from './xml-scan.js';

const reader = (): RowReader => new RowReader({ string: (index) => `shared ${index}`, dateStyles: new Set([3]), date1904: false, limits: LIMITS });
const rowsIn = (xml: string, handler: (rows: RowReader) => Handler, pieces = xml.length): readonly RawRow[] => {
  const rows = reader();
  const scan = new XmlScan(handler(rows));
  for (let at = 0; at < xml.length; at += pieces) scan.push(xml.slice(at, at + pieces));
  scan.end();
  return rows.take();
};
const atOnce = (rows: RowReader): Handler => rows;
const bitByBit = (rows: RowReader): Handler => ({ open: (name, attributes) => rows.open(name, attributes), text: (text) => rows.text(text), close: (name) => rows.close(name) });

const attribute = fc.constantFrom('', ' r="B2"', ' r="aa31"', ' r="7"', ' r="&#66;2"', " r='C3'", ' s="3"', ' s=""', ' s="03"', ' s="x"', ' t="s"', ' t="n"', ' t="str"', ' t="inlineStr"', ' t="b"', ' t="e"', ' t="d"', ' t="?"', ' cm="1"', '  t="s"', ' t = "s"', ' x:t="s"');
const value = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 99_999 }).map(String) }, fc.constantFrom('', '0', '007', '3.25', '-1', '1e5', '12345678901234567', '44562', ' 5', 'TRUE', '#N/A', '2022-03-01', '王 &amp; 李', 'a > b', '_x0041_', '<![CDATA[1]]>', '<!-- 1 -->2', '=DISPIMG("x")'));
const content = fc.oneof(
  { weight: 3, arbitrary: value.map((text) => `<v>${text}</v>`) },
  value.map((text) => `<is><t>${text}</t></is>`),
  value.map((text) => `<is><t xml:space="preserve">${text}</t></is>`),
  value.map((text) => `<f>A1+1</f><v>${text}</v>`),
  value.map((text) => `<is><r><t>${text}</t></r><r><t>z</t></r></is>`),
  fc.constantFrom('', ' ', '<v/>', '<v></v>', '<is><t/></is>', '<v>1</v ><!-- -->'),
);
const cell = fc.tuple(fc.array(attribute, { maxLength: 3 }), content, fc.constantFrom('</c>', '</c >', '</c>\n')).map(([attributes, inside, end]) => (inside === '' && end === '</c>\n' ? `<c${attributes.join('')}/>` : `<c${attributes.join('')}>${inside}${end}`));
const sheet = fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 4 }).map((rows) => `<worksheet><sheetData>${rows.map((cells) => `<row>${cells.join('')}</row>`).join('')}</sheetData></worksheet>`);

describe('A cell in the form that nearly all have', () => {
  test('is read at one go', () => {
    const told: string[] = [];
    const rows = rowsIn('<sheetData><row><c r="A1" s="1" t="s"><v>12</v></c><c r="C1"><v>3</v></c><c t="inlineStr"><is><t>王</t></is></c><c r="E1" s="2"/></row></sheetData>', (reading) => ({ ...bitByBit(reading), open: (name, attributes) => (told.push(name), reading.open(name, attributes)), whole: (text, open) => reading.whole(text, open) }));
    expect(told).toEqual(['sheetData', 'row']);
    expect(rows[0]?.cells).toEqual([{ kind: 'text', text: 'shared 12' }, undefined, { kind: 'number', text: '3' }, { kind: 'text', text: '王' }]);
  });

  test('says what it says bit by bit, as does one of any other form, however it is cut into pieces', () =>
    fc.assert(fc.property(sheet, fc.integer({ min: 1, max: 40 }), (xml, pieces) => {
      const expected = rowsIn(xml, bitByBit);
      expect(rowsIn(xml, atOnce)).toEqual(expected);
      expect(rowsIn(xml, atOnce, pieces)).toEqual(expected);
    }), { numRuns: 2000 }));
});
