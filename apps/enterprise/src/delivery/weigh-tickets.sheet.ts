import { anything, type Codes, creditCode, date, defineSheet, type Finding, oneOf, serial, type Sheet, type Surroundings, text, type Values, weight } from '#workbook';

export type TicketColumn = 'no' | 'ticket' | 'contract' | 'cooperative' | 'crop' | 'on' | 'gross' | 'tare' | 'net' | 'grade' | 'plate' | 'remark';

const CODES: Codes = {
  'weight-differs': { severity: 'error', zh: '净重不等于毛重减皮重', en: 'net is not gross less tare', right: '与过磅单核对' },
  'net-unproven': { severity: 'warning', zh: '只有毛重或皮重,净重无法核对', en: 'gross or tare alone does not prove the net weight' },
};
const kilograms = (value: string): number => Math.round(Number(value) * 1000);
const found = (code: string, right?: string): Finding[] => [{ code, column: 'net', ...(right ? { right } : {}) }];

const weighed = ({ gross, tare, net }: Values<TicketColumn>): Finding[] => {
  if (gross === '' && tare === '') return [];
  if (gross === '' || tare === '') return found('net-unproven');
  const right = kilograms(gross) - kilograms(tare);
  return right === kilograms(net) ? [] : found('weight-differs', (right / 1000).toFixed(3));
};

/** 过磅单: one row says that one load was weighed in against a contract. A ticket stands for one load. */
export const weighTickets: Sheet<TicketColumn> = defineSheet<TicketColumn, Surroundings>({
  name: 'weigh-tickets',
  title: { zh: '过磅单', en: 'Weigh tickets' },
  version: 1,
  columns: [
    { id: 'no', heading: '序号', synonyms: [], kind: serial, example: '1' },
    { id: 'ticket', heading: '过磅单号', synonyms: ['磅单号', '票号'], kind: text('ticket', 100), required: true, example: '示例-0001' },
    { id: 'contract', heading: '合同编号', synonyms: ['订单编号', '合同号'], kind: text('contract', 100), required: true, example: 'HT-2022-001' },
    { id: 'cooperative', heading: '合作社信用代码', synonyms: ['统一社会信用代码', '信用代码'], kind: creditCode, example: '93410308XX0000019H' },
    { id: 'crop', heading: '产品', synonyms: ['作物', '品种', '货物名称'], kind: text('crop', 100), required: true, example: '桃' },
    { id: 'on', heading: '交付日期', synonyms: ['过磅日期', '日期'], kind: date('delivery-date'), required: true, example: '2022-06-20' },
    { id: 'gross', heading: '毛重(公斤)', synonyms: ['毛重'], kind: weight, example: '8000' },
    { id: 'tare', heading: '皮重(公斤)', synonyms: ['皮重'], kind: weight, example: '3000' },
    { id: 'net', heading: '净重(公斤)', synonyms: ['净重', '重量'], kind: weight, required: true, example: '5000' },
    { id: 'grade', heading: '等级', synonyms: ['级别'], kind: oneOf('grade', { 1: ['一级', '特级'], 2: ['二级'], 3: ['三级'] }, 'warning'), example: '一级' },
    { id: 'plate', heading: '车牌号', synonyms: ['车号'], kind: text('plate', 20), example: '豫C00000' },
    { id: 'remark', heading: '备注', synonyms: [], kind: anything, example: '' },
  ],
  key: ['ticket'],
  rules: [{ over: ['gross', 'tare', 'net'], judge: weighed }],
  codes: CODES,
  sums: [{ column: 'net', once: 'ticket' }],
});
