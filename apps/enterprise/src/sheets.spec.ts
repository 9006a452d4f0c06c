import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeTable, openBook, openTable, regionsOn, type Sheet } from '#workbook';
import { contractLines } from './contract/contract-lines.sheet.js';
import { weighTickets } from './delivery/weigh-tickets.sheet.js';

const folder = mkdtempSync(join(tmpdir(), 'sheets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Verdict and codes of each row of a text file. */
const judged = async <Id extends string>(sheet: Sheet<Id>, lines: readonly string[]) => {
  const file = join(folder, `${sheet.name}.csv`);
  writeFileSync(file, lines.join('\n'));
  const book = await openBook(file);
  const { verdicts, totals, layout } = await judgeTable(await openTable(book, sheet), sheet, { today: '2022-07-18', allowTestIds: false, regions: regionsOn([], '2022-07-18') });
  book.close();
  return { layout, sums: totals.sums, rows: [...verdicts].map(({ verdict, reasons, other }) => [verdict, ...reasons.filter(({ severity }) => severity !== 'note').map(({ code, column }) => `${code}@${column}`), ...(other ? [other] : [])].join(' ')) };
};

describe('过磅单 is a sheet like any other', () => {
  test('is read under its title, in any order and unit, and judged', async () => {
    const { rows, sums, layout } = await judged(weighTickets, [
      '甲企业过磅单,,,,,,,',
      '磅单号,合同号,货物名称,过磅日期,毛重（吨）,皮重（吨）,净重（吨）,统一社会信用代码',
      'GB-1,HT-1,桃,2022-06-20,8,3,5,93410308XX0000019H',
      'GB-2,HT-1,桃,2022.6.21,8,3,4.5,',
      'GB-1,HT-1,桃,2022-06-20,8,3,5,',
      'GB-3,,桃,2022-09-01,,,0,93410308XX0000018H',
      'GB-4,HT-1,桃,2022-06-22,8,,5吨200公斤,',
      '合计,,,,,,20,',
    ]);
    expect(rows).toEqual(['NEW', 'ERROR weight-differs@net', 'DUPLICATE 3', 'ERROR contract-missing@contract credit-code-organisation-check@cooperative delivery-date-future@on weight-not-positive@net', 'NEW net-unproven@net']);
    expect(sums).toEqual([{ column: 'net', stated: '20', read: '19700.00', accepted: '10200.00' }]);
    expect(layout.headings.get('net')?.unit).toBe('吨');
  });
});

describe('订单合同明细 is a sheet like any other', () => {
  test('is read and judged', async () => {
    const { rows } = await judged(contractLines, [
      '合同编号;合作社信用代码;作物;开始日期;交付期限;约定数量（吨）;面积（亩）;保底价',
      'HT-1;93410308XX0000019H;桃;2022-01-01;2099-06-30;100;50;3.5',
      'HT-1;93410308XX0000019H;桃;2022-01-01;2099-06-30;90;50;3.5',
      'HT-1;93410308XX0000019H;梨;2022-01-01;2021-06-30;一百;0;-1',
    ]);
    expect(rows).toEqual(['NEW', 'DUPLICATE 2', 'ERROR due-before-start@due weight-not-a-number@quantity area-not-positive@area money-negative@price']);
  });
});
