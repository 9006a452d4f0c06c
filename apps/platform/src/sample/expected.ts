import type { Text } from '#decider';

/** A figure of the set: what is asked of the projection, and what the answer must be. */
export interface ExpectedFigure {
  label: Text;
  /** Path below `/projection`, without region and dates. */
  ask: string;
  /** Areas in hundredths of a 亩, rates in percent with two decimals, everything else in units. */
  value: number | string;
  show: (value: number | string) => string;
}

const mu = (value: number | string): string => `${(Number(value) / 100).toFixed(2)} 亩`;
const count = (unit: string) => (value: number | string): string => `${value} ${unit}`;
const percent = (value: number | string): string => `${value} %`;

const figure = ([zh, en]: readonly [string, string], ask: string, value: number | string, show: ExpectedFigure['show']): ExpectedFigure => ({ label: { zh, en }, ask, value, show });

const byCrop = Object.entries({ 设施蔬菜: 740_000, 桃: 310_000, 西瓜: 240_000, 葡萄: 140_000, 草莓: 70_000 });

/** The whole "Expected" column for 送庄镇, as of 2022-07-18. */
export const EXPECTED: readonly ExpectedFigure[] = [
  figure(['基地面积', 'base area'], 'figures/base-area', 1_500_000, mu),
  ...byCrop.map(([crop, area]) => figure([`基地面积·${crop}`, `base area, ${crop}`], `figures/base-area?group=crop:${crop}`, area, mu)),
  figure(['争议面积', 'area in conflict'], 'figures/conflict-area', 30_000, mu),
  figure(['播种面积', 'sown area'], 'figures/sown-area', 1_590_000, mu),
  figure(['联结农户', 'households reached'], 'figures/households-reached', 4000, count('户')),
  figure(['辐射带动农民', 'farmers reached'], 'figures/farmers-reached', 15_000, count('人')),
  figure(['成员户', 'member households'], 'figures/households-reached?group=linkage:MEMBER', 2600, count('户')),
  figure(['订单户', 'order households'], 'figures/households-reached?group=linkage:ORDER', 800, count('户')),
  figure(['务工户', 'labour households'], 'figures/households-reached?group=linkage:LABOUR', 350, count('户')),
  figure(['流转户', 'lease households'], 'figures/households-reached?group=linkage:LEASE', 250, count('户')),
  figure(['双绑闭环户', 'closed-chain households'], 'figures/closed-chain-households', 3760, count('户')),
  figure(['合作社', 'cooperatives'], 'figures/cooperatives', 43, count('家')),
  figure(['县级以上龙头企业', 'leading enterprises'], 'figures/enterprises', 8, count('家')),
  figure(['省级龙头企业', 'provincial enterprises'], 'figures/enterprises?group=level:PROVINCIAL', 1, count('家')),
  figure(['市级龙头企业', 'municipal enterprises'], 'figures/enterprises?group=level:MUNICIPAL', 3, count('家')),
  figure(['县级龙头企业', 'county enterprises'], 'figures/enterprises?group=level:COUNTY', 4, count('家')),
  figure(['合作社绑定率', 'cooperative binding rate'], 'rates/cooperative-binding-rate', '93.02', percent),
  figure(['订单履约率(量)', 'fulfilment by quantity'], 'rates/fulfilment-rate-quantity', '83.33', percent),
  figure(['订单履约率(份)', 'fulfilment by contracts'], 'rates/fulfilment-rate-contracts', '50.00', percent),
];

export const ACCEPTANCE = { region: '410308103', asOf: '2022-07-18' } as const;

/** The question's address, dates and region included. */
export const addressOf = (ask: string, region: string = ACCEPTANCE.region, asOf: string = ACCEPTANCE.asOf): string =>
  `/projection/${ask}${ask.includes('?') ? '&' : '?'}region=${region}&asOf=${asOf}`;

/** The industry stars of 送庄镇: the address of their list, and how many there must be. */
export const STARS = { address: `/star/villages?region=${ACCEPTANCE.region}&asOf=${ACCEPTANCE.asOf}&result=MET`, count: 10 } as const;
