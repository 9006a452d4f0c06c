import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell } from './cell.js';
import { openBook } from './open.js';
import { workbookParts, writeParts } from './testing.js';

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const folder = mkdtempSync(join(tmpdir(), 'habits-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;
const file = (): string => join(folder, `${(made += 1)}.xlsx`);

const firstSheet = async (parts: Readonly<Record<string, string>>) => {
  const book = await openBook(await writeParts(file(), parts));
  try {
    const [sheet] = book.sheets;
    const rows = [];
    for await (const batch of sheet?.rows() ?? []) rows.push(...batch);
    return { book, sheet, rows, merges: (await sheet?.merges()) ?? [] };
  } finally {
    book.close();
  }
};
const cells = async (row: string, parts: Readonly<Record<string, string>> = {}): Promise<(Cell | undefined)[]> => {
  const { rows } = await firstSheet(workbookParts(`<worksheet ${MAIN}><sheetData>${row}</sheetData></worksheet>`, parts));
  return [...(rows[0]?.cells ?? [])];
};
const texts = async (row: string, parts: Readonly<Record<string, string>> = {}) => (await cells(row, parts)).map((cell) => cell?.text);

describe('A workbook by hand, as programs write it', () => {
  test('Excel: shared strings, rich text in runs, without the phonetic guide', async () => {
    const strings = `<sst ${MAIN}><si><t>王某</t></si><si><r><t>李</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 某</t></r><rPh sb="0" eb="1"><t>リ</t></rPh></si></sst>`;
    expect(await texts('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>', { 'xl/sharedStrings.xml': strings })).toEqual(['王某', '李 某']);
  });
  test('openpyxl: inline strings', async () => expect(await texts('<row r="1"><c r="A1" t="inlineStr"><is><t>王某</t></is></c><c r="B1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>')).toEqual(['王某', 'ab']));
  test('a library: every name with a prefix, absolute part names', async () => {
    const sheet = `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="B1"><x:v>5</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:A2"/></x:mergeCells></x:worksheet>`;
    const { rows, merges } = await firstSheet(workbookParts(sheet, {
      '_rels/.rels': '<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
      'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
    }));
    expect(rows[0]?.cells[1]?.text).toBe('5');
    expect(merges).toEqual([{ top: 1, left: 1, bottom: 2, right: 1 }]);
  });
  test('a library: rows and cells without their places', async () => expect(await texts('<row><c><v>1</v></c><c t="inlineStr"><is><t>b</t></is></c></row>')).toEqual(['1', 'b']));
  test('WPS: a picture in a cell is a picture, not a text', async () =>
    expect(await cells('<row r="1"><c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c></row>')).toEqual([{ kind: 'picture', text: '' }]));
  test('formulas: their saved value, and the word that they are formulas', async () =>
    expect(await cells('<row r="1"><c r="A1"><f>1+2</f><v>3</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c><c r="C1"><f>NOW()</f></c><c r="D1"><f t="shared" si="0"/><v>4</v></c></row>')).toEqual([
      { kind: 'number', text: '3', formula: true }, { kind: 'text', text: 'a', formula: true }, { kind: 'text', text: '', formula: true }, { kind: 'number', text: '4', formula: true },
    ]));
  test('errors and truth values', async () => expect(await cells('<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="b"><v>1</v></c></row>')).toEqual([{ kind: 'error', text: '#N/A' }, { kind: 'text', text: 'TRUE' }]));
  test('numbers in plain digits, rounded ones known by their length', async () =>
    expect(await cells('<row r="1"><c r="A1"><v>3.3000000000000003</v></c><c r="B1"><v>1.38E10</v></c><c r="C1"><v>999999197304040000</v></c><c r="D1"><v>1E-3</v></c></row>')).toEqual([
      { kind: 'number', text: '3.3', digits: 1 }, { kind: 'number', text: '13800000000', digits: 11 }, { kind: 'number', text: '999999197304040000', digits: 18 }, { kind: 'number', text: '0.001', digits: 0 },
    ]));
  const styles = `<styleSheet ${MAIN}><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="177" formatCode="0.00_ ;[Red]\\-0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="31"/><xf numFmtId="177"/><xf numFmtId="20"/></cellXfs></styleSheet>`;
  const dated = '<row r="1"><c r="A1" s="1"><v>44743</v></c><c r="B1" s="2"><v>44743.75</v></c><c r="C1" s="3"><v>44743</v></c><c r="D1" s="4"><v>44743</v></c><c r="E1" s="5"><v>0.5</v></c><c r="F1" t="d"><v>2022-07-01T00:00:00</v></c></row>';
  test('dates by their style: built in, East Asian and custom ones', async () => expect(await texts(dated, { 'xl/styles.xml': styles })).toEqual(['2022-07-01', '2022-07-01', '2022-07-01', '44743', '0.5', '2022-07-01']));
  test('dates of 1904, as Excel for Mac counted', async () => {
    const workbook = `<workbook ${MAIN} xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`;
    expect((await texts('<row r="1"><c r="A1" s="1"><v>43281</v></c></row>', { 'xl/styles.xml': styles, 'xl/workbook.xml': workbook }))[0]).toBe('2022-07-01');
  });
  test('characters that XML cannot hold, entities, CDATA and comments', async () =>
    expect(await texts('<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_&amp;&#x674E;&#26446;</t></is></c><!-- > --><c r="B1" t="inlineStr"><is><t><![CDATA[<b>]]></t></is></c></row>')).toEqual(['a\r&李李', '<b>']));
  test('hidden rows, columns and sheets are read, and known as such', async () => {
    const workbook = `<workbook ${MAIN} xmlns:r="r"><sheets><sheet name="a" sheetId="1" state="veryHidden" r:id="r1"/></sheets></workbook>`;
    const { sheet, rows } = await firstSheet(workbookParts(`<worksheet ${MAIN}><cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="7" hidden="1"><c r="A7"><v>1</v></c></row></sheetData></worksheet>`, { 'xl/workbook.xml': workbook }));
    expect([sheet?.hidden, sheet?.hiddenColumns(), rows[0]]).toEqual([true, [2, 3], { row: 7, hidden: true, cells: [{ kind: 'number', text: '1' }] }]);
  });
  test('merged cells are found behind 200,000 bytes of rows', async () => {
    const many = Array.from({ length: 4000 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}" t="inlineStr"><is><t>sheetData</t></is></c></row>`).join('');
    const { merges } = await firstSheet(workbookParts(`<worksheet ${MAIN}><sheetData>${many}</sheetData><mergeCells count="1"><mergeCell ref="AA10:AB12"/></mergeCells></worksheet>`));
    expect(merges).toEqual([{ top: 10, left: 27, bottom: 12, right: 28 }]);
  });
  test('macros are left out, and that is said', async () => {
    const { book } = await firstSheet(workbookParts(`<worksheet ${MAIN}><sheetData><row r="1"/></sheetData></worksheet>`, { 'xl/vbaProject.bin': 'x' }));
    expect(book.remarks.map(({ code }) => code)).toEqual(['macros-left-out']);
  });
  test('a file that is open in Excel, WPS or LibreOffice is read, and that is said', async () => {
    const path = await writeParts(file(), workbookParts(`<worksheet ${MAIN}><sheetData><row r="1"/></sheetData></worksheet>`));
    writeFileSync(join(folder, `~$${path.slice(folder.length + 1)}`), '');
    const book = await openBook(path);
    book.close();
    expect(book.remarks.map(({ code }) => code)).toEqual(['open-elsewhere']);
  });
});
