import { createWriteStream } from 'node:fs';
import { copyFile, link, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type BookSeen, findOffice, savedByLibreOffice, seenByOpenpyxl, type SheetSeen } from '../../../../test/infra/office.js';
import { COLUMNS, judgedByHand } from '../../../../test/infra/small-roster.js';
import { giveBack, type ToGiveBack } from '../index.js';
import { PackageReader } from '../package/read-package.js';
import { PackageWriter } from '../package/write-package.js';
import { writeParts } from '../read/testing.js';
import { MEMORY_SHEET, RESULT_HEADING, SUMMARY_SHEET } from './words.js';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const office = findOffice();
let folder = '';
/** Programs are started, on a machine that may be busy. */
const PATIENCE = 600_000;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shuangbang-give-back-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const back = async (file: string, more: Partial<ToGiveBack> = {}): Promise<string> => {
  const output = join(folder, `back-${file.replace(/\.xlsm$/, '.xlsx')}`);
  await giveBack({ input: join(FIXTURES, file), output, judgement: judgedByHand(), sheet: { columns: COLUMNS as never }, on: '2022-07-18', ...more });
  return output;
};

const partsOf = async (file: string): Promise<Map<string, Buffer>> => {
  const source = await PackageReader.open(file);
  const parts = new Map<string, Buffer>();
  for (const name of source.parts.keys()) parts.set(name, await buffer(await source.stream(name)));
  source.close();
  return parts;
};

/** Cells that the verdicts colour, on the sheet of the fixtures. `D4` stands for a merged area that row 6 belongs to. */
const COLOURED = (merged: boolean): string[] => ['B11', 'C9', merged ? 'D4' : 'D6', 'D10', 'E6', 'E9', 'G8'];

const withoutFill = ({ style, ...cell }: SheetSeen['cells'][string]) => ({ ...cell, style: { ...style, fill: null } });

/** The user's sheet after, with what we add taken away again. */
const outsideAdditions = (sheet: SheetSeen, coloured: readonly string[]) => {
  const cells = Object.entries(sheet.cells).filter(([reference]) => !/^H\d+$/.test(reference));
  return {
    ...sheet, comments: null, filter: null, tables: null, columnFormats: null, widths: Object.fromEntries(Object.entries(sheet.widths).filter(([column]) => column < 'H')),
    cells: Object.fromEntries(cells.filter(([reference, cell]) => !coloured.includes(reference) || cell.value !== 'None').map(([reference, cell]) => [reference, coloured.includes(reference) ? withoutFill(cell) : cell])),
  };
};

const sameOutside = (before: BookSeen, after: BookSeen, coloured: readonly string[]) => {
  expect(Object.keys(after.sheets)).toEqual([SUMMARY_SHEET, ...Object.keys(before.sheets), MEMORY_SHEET]);
  for (const [name, sheet] of Object.entries(before.sheets)) {
    const [mine, ours] = [sheet, after.sheets[name] as SheetSeen];
    if (name === '花名册') expect(outsideAdditions(ours, coloured)).toEqual(outsideAdditions(mine, coloured));
    else expect(ours).toEqual(mine);
  }
  const kept = Object.fromEntries(Object.entries(after.names).filter(([name]) => !name.endsWith('_FilterDatabase')));
  expect(kept).toEqual(Object.fromEntries(Object.entries(before.names).filter(([name]) => !name.endsWith('_FilterDatabase'))));
  expect(after.locked).toBe(before.locked);
};

const CASES = ['features.xlsx', 'excel-table.xlsx', 'protected.xlsx', 'prefixed.xlsx', 'macros.xlsm'];

/** @param files each original followed by what came back of it */
const allSameOutside = async (files: readonly string[]) => {
  const seen = await seenByOpenpyxl(...files);
  for (const [i, file] of CASES.entries()) sameOutside(seen[2 * i] as BookSeen, seen[2 * i + 1] as BookSeen, COLOURED(file === 'features.xlsx'));
};

/** A fixture whose roster is written in another way. */
const rewritten = async (file: string, name: string, rewrite: (xml: string) => Buffer): Promise<string> => {
  const writer = new PackageWriter(createWriteStream(join(folder, name)));
  for (const [part, bytes] of await partsOf(join(FIXTURES, file))) await writer.stream(part, Readable.from([part === 'xl/worksheets/sheet1.xml' ? rewrite(bytes.toString()) : bytes]));
  await writer.close();
  return join(folder, name);
};
const REWRITTEN: Readonly<Record<string, (xml: string) => Buffer>> = {
  'utf-16.xlsx': (xml) => Buffer.from(`\ufeff${xml.replace(/UTF-8/i, 'UTF-16')}`, 'utf16le'),
  'cdata.xlsx': (xml) => Buffer.from(xml.replace(/<v>([^<]*)<\/v>/g, '<v><![CDATA[$1]]></v>').replace('</sheetData>', '<!-- <row r="99"><c r="A99"><v>1</v></c></row> --></sheetData>')),
};

const pairs = async (): Promise<string[]> => {
  const files = [];
  for (const file of CASES) files.push(join(FIXTURES, file), await back(file));
  return files;
};

const rosterIn = async (...files: readonly string[]): Promise<SheetSeen[]> => (await seenByOpenpyxl(...files)).map(({ sheets }) => sheets['花名册'] as SheetSeen);

describe('the workbook that comes back', () => {
  it('holds every part of the package byte for byte, but for those that say what was added', async () => {
    const changed = new Set(['[Content_Types].xml', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/worksheets/sheet1.xml', 'xl/worksheets/_rels/sheet1.xml.rels', 'xl/styles.xml', 'xl/comments1.xml', 'xl/drawings/vmlDrawing1.vml', 'xl/tables/table1.xml']);
    for (const file of [...CASES, 'openpyxl.xlsx']) {
      const [before, after] = [await partsOf(join(FIXTURES, file)), await partsOf(await back(file))];
      const macros = file.endsWith('.xlsm') ? ['xl/vbaProject.bin'] : [];
      for (const [name, bytes] of before) {
        if (macros.includes(name)) expect(after.has(name)).toBe(false);
        else if (!changed.has(name) && !/comment/i.test(name)) expect([name, after.get(name)?.equals(bytes)]).toEqual([name, true]);
      }
      expect([...after.keys()].filter((name) => !before.has(name) && !changed.has(name) && !/comment|vml/i.test(name))).toHaveLength(2);
    }
  });

  if (office.openpyxl) {
    it('reads in openpyxl, cell by cell and style by style, as the original did outside the additions', async () => {
      await allSameOutside(await pairs());
    }, PATIENCE);

    for (const [name, rewrite] of Object.entries(REWRITTEN)) {
      it(`reads so from a sheet that is written otherwise, too (${name})`, async () => {
        const input = await rewritten('features.xlsx', name, rewrite);
        const [before, after] = (await seenByOpenpyxl(join(FIXTURES, 'features.xlsx'), await back(`of-${name}`, { input }))) as [BookSeen, BookSeen];
        sameOutside(before, after, COLOURED(true));
      }, PATIENCE);
    }

    it('has a result beside each row, a colour and a comment on each wrong cell, and an existing comment before ours', async () => {
      const [before, after] = (await rosterIn(join(FIXTURES, 'features.xlsx'), await back('features.xlsx'))) as [SheetSeen, SheetSeen];
      expect(after.cells.H3?.value).toBe(RESULT_HEADING);
      expect(after.cells.H5?.value).toBe('重复（见第 4 行）');
      expect(after.cells.H6?.value).toBe('更新：面积：3.20 → 3.50；所属村：用的是旧名');
      expect(after.cells.H9?.value).toBe('错误：身份证号：没有身份证号；面积：面积不是正数');
      for (const reference of COLOURED(true)) expect([reference, after.cells[reference]?.style.fill[0]]).toEqual([reference, 'solid']);
      expect(Object.keys(after.comments).sort()).toEqual(['B11', 'B4', 'C9', 'D10', 'D4', 'E9', 'G8']);
      expect([after.widths.H, after.widths.I]).toEqual([[8, 8, 48, false], [9, 16384, 0, true]]);
      expect(after.comments.B4).toBe(before.comments.B4);
      expect(after.comments.D10).toBe('村名待查\n【双绑核对】\n没有这个村\n读到：不存在村\n→ 营庄村 <或> "白鹿村"');
    }, PATIENCE);

    it('has its filter over the result column: extended, added, or that of the Excel table', async () => {
      const [added, extended, table] = await rosterIn(await back('features.xlsx'), await back('protected.xlsx'), await back('excel-table.xlsx'));
      expect(added?.filter).toEqual(['A3:H11', []]);
      expect(extended?.filter).toEqual(['A3:H11', [3]]);
      expect([table?.filter[0], table?.tables['成员表']?.slice(0, 2)]).toEqual([null, ['A3:H12', 'A3:H11']]);
    }, PATIENCE);

    it('puts the result in the first free column where something stands beside the table', async () => {
      const judgement = judgedByHand({ layout: { unknown: [{ heading: '表外', column: 8 }] } });
      const [sheet] = await rosterIn(await back('openpyxl.xlsx', { judgement }));
      expect([sheet?.cells.I5?.value, sheet?.cells.J3?.value, sheet?.cells.J5?.value]).toEqual(['表外的字', RESULT_HEADING, '重复（见第 4 行）']);
      expect(sheet?.comments.C9).toBe('原有的批注,在有错的单元格上\n【双绑核对】\n没有身份证号');
    }, PATIENCE);
  }

  if (office.libreoffice && office.openpyxl) {
    it('opens in LibreOffice as the original does outside the additions', async () => {
      await allSameOutside(await savedByLibreOffice(await pairs(), folder));
    }, PATIENCE);
  }

  it('keeps to the namespaces of a strict workbook', async () => {
    const strict = (xml: string) => xml.replaceAll('http://schemas.openxmlformats.org/spreadsheetml/2006/main', 'http://purl.oclc.org/ooxml/spreadsheetml/main').replaceAll('http://schemas.openxmlformats.org/officeDocument/2006/relationships', 'http://purl.oclc.org/ooxml/officeDocument/relationships');
    const parts = [...(await partsOf(join(FIXTURES, 'protected.xlsx')))].map(([name, bytes]) => [name, strict(bytes.toString())]);
    const input = await writeParts(join(folder, 'strict.xlsx'), Object.fromEntries(parts) as Record<string, string>);
    for (const [name, bytes] of await partsOf(await back('strict-back.xlsx', { input }))) expect([name, strict(bytes.toString()) === bytes.toString()]).toEqual([name, true]);
  });

  it('is never the file that came, whatever name it is given', async () => {
    const input = join(folder, 'mine.xlsx');
    await copyFile(join(FIXTURES, 'features.xlsx'), input);
    await symlink(input, join(folder, 'symbolic.xlsx'));
    await link(input, join(folder, 'hard.xlsx'));
    const before = await readFile(input);
    for (const name of ['mine.xlsx', 'symbolic.xlsx', 'hard.xlsx', '../' + folder.split('/').at(-1) + '/mine.xlsx']) {
      await expect(back('', { input, output: join(folder, name) })).rejects.toMatchObject({ code: 'would-overwrite-input' });
    }
    expect((await readFile(input)).equals(before)).toBe(true);
  });

  it('is there whole or not at all', async () => {
    const broken = join(folder, 'broken.xlsx');
    const verdicts = { [Symbol.iterator]: () => { throw new Error('stopped on the way'); } };
    await expect(back('features.xlsx', { output: broken, judgement: { ...judgedByHand(), verdicts } })).rejects.toThrow('stopped on the way');
    expect((await readdir(folder)).filter((name) => name.includes('broken'))).toEqual([]);
  });
});
