import { area } from '../sheet/kinds/amount.js';
import { serial, text } from '../sheet/kinds/text.js';
import { type Column, defineSheet } from '../sheet/define-sheet.js';
import { type Chosen, openTable } from './open-table.js';
import { gridBook, type GridSheet } from './testing.js';

const column = (id: string, heading: string, synonyms: string[] = [], more: Partial<Column> = {}): Column => ({ id, heading, synonyms, kind: text(id, 50), example: '', ...more });
const pens = defineSheet<string>({
  name: 'pens', title: { zh: '圈', en: 'pens' }, version: 1, key: ['name'],
  columns: [
    column('no', '序号', [], { kind: serial, example: '1' }),
    column('name', '姓名', ['社员姓名'], { required: true, example: '示例人' }),
    column('number', '身份证号', ['身份证号码'], { required: true, example: '999' }),
    column('head', '户主姓名', ['户主'], { example: '示例人' }),
    column('town', '镇', ['镇(街道)']),
    column('area', '面积(亩)', ['面积'], { kind: area, example: '3' }),
  ],
});
const HEAD = ['序号', '姓名', '身份证号', '户主', '镇', '面积'];
const ROW = ['1', '王某', '11', '王某', '送庄镇', '3'];

const read = async (sheets: readonly GridSheet[], chosen: Chosen = {}) => {
  const table = await openTable(gridBook(...sheets), pens, chosen);
  const rows: { row: number; texts: string[] }[] = [];
  for await (const batch of table.rows()) rows.push(...batch.map(({ row, cells }) => ({ row, texts: cells.map((cell) => cell.text) })));
  return { layout: table.layout, extent: table.extent(), rows };
};

describe('The heading', () => {
  test('is found under title rows and above a gap', async () => {
    const { layout, rows, extent } = await read([{ grid: [['名册'], [], ['填报单位:甲社'], HEAD, [], ROW] }]);
    expect(layout.headingRows).toEqual([4, 4]);
    expect(layout.titles).toEqual(['名册', '填报单位:甲社']);
    expect(rows).toEqual([{ row: 6, texts: ROW }]);
    expect(extent).toMatchObject({ firstRow: 6, lastRow: 6, totalRow: null });
  });
  test('is understood through spaces, line breaks, width, stars and brackets', async () => {
    const { layout } = await read([{ grid: [['序 号', '*姓\n名', '身份证号码（18位）', '户　主', '镇（街道）', '面积（公顷）'], ROW] }]);
    expect([...layout.columns.keys()]).toEqual(['no', 'name', 'number', 'head', 'town', 'area']);
    expect(layout.headings.get('area')).toEqual({ text: '面积（公顷）', unit: '公顷' });
  });
  test('may stand in any order, with columns missing, unknown and repeated', async () => {
    const { layout, rows } = await read([{ grid: [['电话', '身份证号', '姓名', '社员姓名'], ['1', '11', '王某', '另某']] }]);
    expect(layout.missing).toEqual(['no', 'head', 'town', 'area']);
    expect(layout.unknown).toEqual([{ heading: '电话', column: 1 }]);
    expect(layout.repeated).toEqual([{ id: 'name', heading: '社员姓名', column: 4 }]);
    expect(rows[0]?.texts).toEqual(['', '王某', '11', '', '', '']);
  });
  test('may be of two rows, the upper merged over the lower', async () => {
    const grid = [['序号', '社员', '', '住址', '承包地'], ['', '姓名', '身份证号', '镇', '面积(亩)'], ['1', '王某', '11', '送庄镇', '3']];
    const { layout, rows } = await read([{ grid }]);
    expect(layout.headingRows).toEqual([1, 2]);
    expect(rows).toEqual([{ row: 3, texts: ['1', '王某', '11', '', '送庄镇', '3'] }]);
  });
  test('of two rows reads the upper with the lower: 户主 over 姓名 is another column than 姓名', async () => {
    const { layout } = await read([{ grid: [['姓名', '身份证号', '户主', ''], ['', '', '姓名', '电话'], ['王某', '11', '李某', '1']] }]);
    expect([...layout.columns]).toEqual([['name', 1], ['number', 2], ['head', 3]]);
  });
  test('of one row does not swallow a first row that holds words of headings', async () => {
    const { layout, rows } = await read([{ grid: [['姓名', '身份证号', '与户主关系', '镇'], ['王某', '11', '户主', '镇']] }]);
    expect(layout.headingRows).toEqual([1, 1]);
    expect(rows).toHaveLength(1);
  });
  test('can be said', async () => {
    const grid = [HEAD, ROW, HEAD, ['2', '李某', '22']];
    expect((await read([{ grid }])).rows.map(({ row }) => row)).toEqual([2, 4]);
    expect((await read([{ grid }], { headingRow: 3 })).rows.map(({ row }) => row)).toEqual([4]);
    await expect(read([{ grid }], { headingRow: 2 })).rejects.toMatchObject({ code: 'no-heading-there' });
  });
});

describe('The sheet', () => {
  const good: GridSheet = { name: '名册', grid: [HEAD, ROW] };
  test('is the one with the heading, wherever it stands', async () => expect((await read([{ name: '说明', grid: [['填表说明'], ['姓名要填']] }, good])).layout.sheet).toBe('名册'));
  test('with rows is taken before an empty one, a visible one before a hidden one, a fuller one before another', async () => {
    expect((await read([{ name: '空表', grid: [HEAD] }, good])).layout.sheet).toBe('名册');
    expect((await read([{ ...good, name: '旧', hidden: true }, good])).layout.sheet).toBe('名册');
    expect((await read([{ name: '短', grid: [['姓名', '身份证号'], ['王某', '11']] }, good])).layout.sheet).toBe('名册');
  });
  test('others that would do are named', async () => expect((await read([good, { ...good, name: '二组' }])).layout.otherSheets).toEqual(['二组']));
  test('can be said', async () => {
    expect((await read([good, { ...good, name: '二组' }], { sheet: '二组' })).layout.sheet).toBe('二组');
    await expect(read([good], { sheet: '三组' })).rejects.toMatchObject({ code: 'no-such-sheet', zh: expect.stringContaining('名册') as string });
  });
});

describe('Rows', () => {
  const below = async (rows: GridSheet['grid'], more: Partial<GridSheet> = {}) => read([{ grid: [HEAD, ...rows], ...more }]);
  test('that are blank, or only numbered, are not read', async () => {
    const { rows, extent } = await below([ROW, [], ['2'], ['', '  '], ['3', '李某']]);
    expect(rows.map(({ row }) => row)).toEqual([2, 6]);
    expect(extent.notRead.map(({ why }) => why)).toEqual(['blank', 'blank', 'blank']);
  });
  test.each(['合计', '总 计', '小计：', '共计', '合计人数'])('of a total are not read, and their figures kept: %s', async (word) => {
    const { rows, extent } = await below([ROW, [word, '', '', '', '', 12.5]]);
    expect(rows).toHaveLength(1);
    expect([extent.totalRow, extent.stated.get('area'), extent.notRead]).toEqual([3, '12.5', [{ row: 3, why: 'total' }]]);
  });
  test('of a total may count persons', async () => expect((await below([ROW, ['合计', '52人', '52']])).extent.totalRow).toBe(3));
  test.each(['填表人:张某  审核人:李某', '负责人(签字):', '制表日期:2022年7月18日', '注:本表一式两份'])('of a signature are not read: %s', async (text) =>
    expect((await below([ROW, [text]])).extent.notRead).toEqual([{ row: 3, why: 'signature' }]));
  test('of several signatures beside one another are not read', async () => {
    expect((await below([ROW, ['审核人:', '', '填表人:', '', '日期:2022年7月18日']])).extent.notRead).toEqual([{ row: 3, why: 'signature' }]);
    expect((await below([ROW, ['审核人:', '张某', '填表人:', '李某']])).extent.notRead).toEqual([{ row: 3, why: 'signature' }]);
    expect((await below([ROW, ['备注:', '王某', '999999196001010012']])).rows).toHaveLength(2);
  });
  test('of somebody who is only called like a total are read', async () => expect((await below([ROW, ['2', '合计', '22']])).rows).toHaveLength(2));
  test('that repeat the heading on every page are not read', async () => expect((await below([ROW, HEAD, ROW])).extent.notRead).toEqual([{ row: 3, why: 'heading' }]));
  test('of the example are not read', async () => expect((await below([['1', '示例人', '999', '示例人', '', '3'], ROW])).extent.notRead).toEqual([{ row: 2, why: 'example' }]));
  test('that are hidden are read, and said so', async () => {
    const { rows, extent, layout } = await below([ROW, ROW], { hiddenRows: [3], hiddenColumns: [5] });
    expect([rows.length, extent.hiddenRows, layout.hiddenColumns]).toEqual([2, [3], [5]]);
  });
  test('take what is merged downwards over them, and not what is merely empty above', async () => {
    const { rows } = await below([['1', '王某', '11', '', '', 1], ['', '', '', '', '', 2], ['2', '李某', '', '', '', 3]], { merges: [{ top: 2, left: 2, bottom: 3, right: 2 }, { top: 2, left: 3, bottom: 4, right: 3 }] });
    expect(rows.map(({ texts }) => texts.slice(1, 3))).toEqual([['王某', '11'], ['王某', '11'], ['李某', '11']]);
  });
  test('that only a merged cell covers are blank', async () => expect((await below([ROW, []], { merges: [{ top: 2, left: 2, bottom: 3, right: 2 }] })).rows).toHaveLength(1));
  test('may be read twice with the same result', async () => {
    const table = await openTable(gridBook({ grid: [HEAD, ROW, ['合计', '', '', '', '', 3]], hiddenRows: [2] }), pens);
    for (let i = 0; i < 2; i += 1) for await (const rows of table.rows()) expect(rows).toHaveLength(1);
    expect(table.extent()).toMatchObject({ hiddenRows: [2], notRead: [{ row: 3, why: 'total' }] });
  });
});
