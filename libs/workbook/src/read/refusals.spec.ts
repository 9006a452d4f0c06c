import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import CFB from 'cfb';
import { defineSheet } from '../sheet/define-sheet.js';
import { text } from '../sheet/kinds/text.js';
import { openBook } from './open.js';
import { openTable } from './open-table.js';
import { LIMITS, type Limits } from './source.js';
import { workbookParts, writeParts } from './testing.js';
import { Unreadable } from './unreadable.js';

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const folder = mkdtempSync(join(tmpdir(), 'refusals-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;
const path = (name = 'x.xlsx'): string => join(folder, `${(made += 1)}-${name}`);
const written = (bytes: string | Buffer, name?: string): string => {
  const to = path(name);
  writeFileSync(to, bytes);
  return to;
};
const letters = defineSheet({
  name: 'letters', title: { zh: '字', en: 'letters' }, version: 1, key: ['a'],
  columns: [{ id: 'a', heading: '甲', synonyms: [], kind: text('a', 50), required: true, example: '' }, { id: 'b', heading: '乙', synonyms: [], kind: text('b', 50), example: '' }],
});

/** The code with which the file is refused, or `read`. */
const outcome = async (file: string, limits: Limits = LIMITS): Promise<string> => {
  try {
    const book = await openBook(file, limits);
    try {
      const table = await openTable(book, letters);
      for await (const rows of table.rows()) void rows;
      return 'read';
    } finally {
      book.close();
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    expect(error.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(`${error.zh}${error.en}`).not.toMatch(/\{\w+\}/);
    return error.code;
  }
};
const sheet = (rows: string, around = ''): Record<string, string> => workbookParts(`<worksheet ${MAIN}>${around}<sheetData>${rows}</sheetData></worksheet>`);
const line = (row: number, ...values: string[]): string => `<row r="${row}">${values.map((value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`).join('')}</row>`;
const HEADED = line(1, '甲', '乙');
const GOOD = HEADED + line(2, 'x', 'y');
const xlsx = (parts: Record<string, string>): Promise<string> => writeParts(path(), parts);

describe('What cannot be read is refused with a word that says what to do', () => {
  test('the same file without the fault is read', async () => expect(await outcome(await xlsx(sheet(GOOD)))).toBe('read'));
  test('no file, an empty one, one of blanks only', async () => {
    expect(await outcome(join(folder, 'nowhere.xlsx'))).toBe('no-such-file');
    expect(await outcome(written(''))).toBe('empty');
    expect(await outcome(written(' \r\n\r\n'))).toBe('empty');
  });
  test('a package with a password, and an .xls with one', async () => {
    const container = CFB.utils.cfb_new();
    CFB.utils.cfb_add(container, '/EncryptedPackage', Buffer.alloc(5000));
    expect(await outcome(written(CFB.write(container, { type: 'buffer' }) as Buffer))).toBe('password-protected');
    const xls = CFB.utils.cfb_new();
    CFB.utils.cfb_add(xls, '/Workbook', Buffer.from([0x09, 0x08, 4, 0, 0, 6, 5, 0, 0x2f, 0, 2, 0, 1, 0, 0x0a, 0, 0, 0]));
    expect(await outcome(written(CFB.write(xls, { type: 'buffer' }) as Buffer, 'x.xls'))).toBe('password-protected');
  });
  test('a document and a picture under a name of a workbook', async () => {
    expect(await outcome(written('%PDF-1.7'))).toBe('not-a-workbook');
    expect(await outcome(written(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])))).toBe('not-a-workbook');
    expect(await outcome(written(Buffer.from([1, 2, 0, 0, 3, 0, 0, 0, 9])))).toBe('not-a-workbook');
    expect(await outcome(await xlsx({ 'word/document.xml': '<a/>' }))).toBe('not-a-workbook');
    const word = CFB.utils.cfb_new();
    CFB.utils.cfb_add(word, '/WordDocument', Buffer.alloc(5000));
    expect(await outcome(written(CFB.write(word, { type: 'buffer' }) as Buffer))).toBe('not-a-workbook');
  });
  test('half a file', async () => {
    const whole = readFileSync(await xlsx(sheet(GOOD)));
    expect(await outcome(written(whole.subarray(0, whole.length / 2)))).toBe('damaged');
  });
  test('XML that is none', async () => {
    expect(await outcome(await xlsx(sheet(`${HEADED}<row r="2"><c></row>`)))).toBe('damaged');
    expect(await outcome(await xlsx(workbookParts(`<worksheet ${MAIN}><sheetData>${GOOD}`)))).toBe('damaged');
    expect(await outcome(await xlsx(sheet(GOOD + line(2, 'again'))))).toBe('damaged');
  });
  test('external entities and any document type', async () => {
    const type = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
    expect(await outcome(await xlsx(workbookParts(`<?xml version="1.0"?>${type}<worksheet ${MAIN}><sheetData>${GOOD}</sheetData></worksheet>`)))).toBe('external-entities');
    expect(await outcome(await xlsx({ ...sheet(GOOD), 'xl/sharedStrings.xml': `${type}<sst/>` }))).toBe('external-entities');
    expect(await outcome(await xlsx(sheet(HEADED + line(2, '&x;', ''))))).toBe('damaged');
  });
  test('a table without a heading that is known, a heading without rows', async () => {
    expect(await outcome(await xlsx(sheet(line(1, 'x', 'y') + line(2, 'x', 'y'))))).toBe('not-a-table');
    expect(await outcome(await xlsx(sheet(HEADED)))).toBe('no-rows');
    expect(await outcome(written('x,y\n1,2\n'))).toBe('not-a-table');
  });
  test('what the first rows show is refused before the rest is looked at', async () => {
    const texts = (end: string): string => `<sst>${Array.from({ length: 60_000 }, (_, i) => `<si><t>text ${i}</t></si>`).join('')}${end}`;
    const other = sheet('<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>');
    expect(await outcome(await xlsx({ ...other, 'xl/sharedStrings.xml': texts('</broken>') }))).toBe('not-a-table');
    expect(await outcome(await xlsx({ ...sheet(GOOD), 'xl/sharedStrings.xml': texts('</broken>') }))).toBe('damaged');
  });
  test('too many rows, too many columns, too long a cell, too many texts', async () => {
    const few: Limits = { ...LIMITS, rows: 3, columns: 3, cellLength: 10, strings: 100 };
    expect(await outcome(await xlsx(sheet(GOOD)), few)).toBe('read');
    expect(await outcome(await xlsx(sheet(GOOD + line(9, 'x'))), few)).toBe('too-many-rows');
    expect(await outcome(await xlsx(sheet(GOOD + line(3, 'x', 'x', 'x', 'x'))), few)).toBe('too-many-columns');
    expect(await outcome(await xlsx(sheet(GOOD + line(3, 'x'.repeat(11)))), few)).toBe('cell-too-long');
    expect(await outcome(await xlsx({ ...sheet(GOOD), 'xl/sharedStrings.xml': `<sst>${'<si><t>abc</t></si>'.repeat(20)}</sst>` }), few)).toBe('too-many-strings');
    expect(await outcome(written(`甲,乙\n${'x,y\n'.repeat(5)}`), few)).toBe('too-many-rows');
    expect(await outcome(written('甲,乙\nx,y\nx,x,x,x\n'), few)).toBe('too-many-columns');
    expect(await outcome(written(`甲,乙\nx,${'y'.repeat(11)}\n`), few)).toBe('cell-too-long');
  });
  test('a zip bomb, by what its directory says, before anything is inflated', async () => {
    const bomb = await xlsx(workbookParts(`<worksheet ${MAIN}><sheetData>${GOOD}${' '.repeat(30_000_000)}</sheetData></worksheet>`));
    expect(await outcome(bomb)).toBe('expands-too-much');
  });
  test('a zip bomb that lies about its size, where it is met', async () => {
    const bytes = readFileSync(await xlsx(workbookParts(`<worksheet ${MAIN}><sheetData>${GOOD}${' '.repeat(30_000_000)}</sheetData></worksheet>`)));
    const said = Buffer.alloc(4);
    const directory = bytes.lastIndexOf(Buffer.from('xl/worksheets/sheet1.xml')) - 46 + 24;
    said.writeUInt32LE(900);
    said.copy(bytes, directory);
    expect(await outcome(written(bytes))).toBe('damaged');
  });
  test('one endless text', async () => expect(await outcome(await xlsx(sheet(`${GOOD}<row r="3"><c t="inlineStr"><is><t>${Array.from({ length: 700_000 }, (_, i) => i).join('')}</t></is></c></row>`)))).toBe('cell-too-long'));
  test('a text that changes its encoding', async () => expect(await outcome(written(Buffer.concat([Buffer.from('甲,乙\n好,y\n'), Buffer.from([0xff, 0xfe, 0xff])])))).toBe('mixed-encoding'));
});
