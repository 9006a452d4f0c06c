import { area, type Codes, creditCode, date, defineSheet, money, serial, type Sheet, type Surroundings, text, weight } from '#workbook';

export type ContractLineColumn = 'no' | 'contract' | 'cooperative' | 'crop' | 'from' | 'due' | 'quantity' | 'area' | 'price';

const CODES: Codes = { 'due-before-start': { severity: 'error', zh: '交付期限早于合同开始', en: 'due before the contract begins', right: '合同开始之后的日期' } };

/** 合同行: one row says how much of one crop a cooperative is to deliver under a contract, from how much land and by when. */
export const contractLines: Sheet<ContractLineColumn> = defineSheet<ContractLineColumn, Surroundings>({
  name: 'contract-lines',
  title: { zh: '订单合同明细', en: 'Contract lines' },
  version: 1,
  columns: [
    { id: 'no', heading: '序号', synonyms: [], kind: serial, example: '1' },
    { id: 'contract', heading: '合同编号', synonyms: ['订单编号', '合同号'], kind: text('contract', 100), required: true, example: '示例-001' },
    { id: 'cooperative', heading: '合作社信用代码', synonyms: ['统一社会信用代码', '信用代码'], kind: creditCode, required: true, example: '93410308XX0000019H' },
    { id: 'crop', heading: '作物', synonyms: ['产品', '品种'], kind: text('crop', 100), required: true, example: '桃' },
    { id: 'from', heading: '开始日期', synonyms: ['合同开始', '起始日期'], kind: date('start-date', true), example: '2022-01-01' },
    { id: 'due', heading: '交付期限', synonyms: ['交付日期', '截止日期'], kind: date('due-date', true), required: true, example: '2022-06-30' },
    { id: 'quantity', heading: '约定数量(吨)', synonyms: ['约定数量', '数量', '订单数量'], kind: weight, required: true, example: '100' },
    { id: 'area', heading: '面积(亩)', synonyms: ['面积', '基地面积'], kind: area, required: true, example: '50' },
    { id: 'price', heading: '保底价(元/公斤)', synonyms: ['保底价', '保护价'], kind: money, example: '3.5' },
  ],
  key: ['contract', 'cooperative', 'crop', 'due'],
  rules: [{ over: ['from', 'due'], judge: ({ from, due }) => (from !== '' && due < from ? [{ code: 'due-before-start', column: 'due' }] : []) }],
  codes: CODES,
  sums: [{ column: 'quantity', once: 'no' }],
});
