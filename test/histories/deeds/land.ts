import type { Draw } from '../draw.js';
import { order, sometimes, type Weighted } from './deed.js';

export const CROPS = ['桃', '葡萄', '西瓜'];

const unit = (draw: Draw): string => draw.subject('region', ({ attributes }) => attributes.level === 'VILLAGE');
const code = (draw: Draw): string => `4103081${String(10_000 + draw.turn).slice(-5)}`;
const town = (draw: Draw): string => draw.subject('region', ({ attributes }) => attributes.level === 'TOWN');
const measure = (draw: Draw) => {
  const fact = draw.fact('land');
  return { parcelId: fact?.subject ?? 'none', measureId: fact?.key ?? 'none' };
};
const regionStatement = (draw: Draw) => {
  const fact = draw.fact('region', ({ attributes }) => attributes.level === 'VILLAGE');
  return { regionId: fact?.subject ?? 'none', statementId: fact?.key ?? 'none' };
};
/** Mostly on land that somebody claims, by whoever claims it. */
const sower = (draw: Draw) => {
  const claim = draw.chance(4) ? undefined : draw.fact('claim');
  return { parcelId: claim?.subject ?? draw.subject('land'), householdId: claim?.attributes.householdId ?? draw.subject('home') };
};
const planted = (draw: Draw) => ({ ...sower(draw), crop: draw.pick(CROPS), on: draw.day() });

/** Parcels, plantings and harvests. */
export const LAND: readonly Weighted[] = [
  [2, (draw) => order('register-parcel', { parcelId: `l-${draw.turn}`, villageId: draw.village(), area: 1 + draw.number(900), validFrom: draw.earlyDay() })],
  [2, (draw) => order('remeasure-parcel', { parcelId: draw.subject('land'), area: 1 + draw.number(900), validFrom: draw.day() })],
  [2, (draw) => order('correct-measure', { ...measure(draw), ...sometimes(draw, { area: () => 1 + draw.number(900), villageId: () => draw.village(), validFrom: () => draw.day() }) })],
  [1, (draw) => order('void-measure', measure(draw))],
  [8, (draw) => order('record-planting', { plantingId: `s-${draw.turn}`, area: 1 + draw.number(400), ...planted(draw) })],
  [2, (draw) => order('correct-planting', { plantingId: draw.fact('planting')?.key ?? 'none', ...sometimes(draw, { area: () => 1 + draw.number(400), crop: () => draw.pick(CROPS), on: () => draw.day(), householdId: () => draw.subject('home') }) })],
  [1, (draw) => order('void-planting', { plantingId: draw.fact('planting')?.key ?? 'none' })],
  [1, (draw) => order('record-harvest', { harvestId: `y-${draw.turn}`, weight: 1 + draw.number(900), ...planted(draw) })],
];

/** The tree: villages renamed, recoded, made a community, transferred to another town, and statements that were wrong. */
export const REGIONS: readonly Weighted[] = [
  [1, (draw) => order('register-region', { regionId: `v-${draw.turn}`, level: 'VILLAGE', kind: 'VILLAGE', code: code(draw), name: `测试村${draw.turn}`, parentId: town(draw), validFrom: draw.day() })],
  [1, (draw) => order('rename-region', { regionId: unit(draw), name: `测试村${draw.turn}`, validFrom: draw.day() })],
  [2, (draw) => order('recode-region', { regionId: unit(draw), code: code(draw), validFrom: draw.day() })],
  [1, (draw) => order('convert-to-community', { regionId: unit(draw), code: code(draw), name: `测试社区${draw.turn}`, validFrom: draw.day() })],
  [4, (draw) => order('transfer-region', { regionId: unit(draw), code: code(draw), parentId: town(draw), validFrom: draw.day() })],
  [2, (draw) => order('correct-region', { ...regionStatement(draw), ...sometimes(draw, { parentId: () => town(draw), validFrom: () => draw.day() }) })],
  [1, (draw) => order('void-region-statement', regionStatement(draw))],
];
