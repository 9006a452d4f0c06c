import { villageIdOf } from './population.js';
import type { StarInputs, Village } from './villages.js';

/** What is entered for a star of one village. */
export interface SampleStarValue {
  villageId: string;
  criterion: string;
  value: string | number | boolean;
  evidence: string;
}

/** Input of the sheet → value and evidence; what the file leaves open is not entered. */
const enteredOf = (star: StarInputs): [criterion: string, value: SampleStarValue['value'], evidence: string][] => [
  ['leading-product', star.leadingProduct, '村“一村一品”申报书'],
  ['TI-1', star.outputShare, '镇统计台账:村主导产业产值'],
  ['TI-3', star.incomeShare, '农户收入抽样调查表'],
  ['TI-4', star.collectiveIncome, '村集体“三资”管理平台报表'],
  ['TI-4.profile', star.profile, '区划登记'],
  ['TI-6', star.income, '农民人均可支配收入调查表'],
  ['TI-6.reference', star.reference, '区统计公报'],
  ...(star.brand === 'yes' ? [['TI-7', true, '品牌或认证证书,及防返贫监测报告'] as [string, boolean, string]] : []),
];

export const starValues = (villages: readonly Village[]): SampleStarValue[] =>
  villages.flatMap((village) => enteredOf(village.star).map(([criterion, value, evidence]) => ({ villageId: villageIdOf(village), criterion, value, evidence })));
