import type { Text } from '#decider';
import { Problem } from '#service-kit';

const refused = (code: string, detail: Text): Problem => new Problem('refused', { code, detail });
const malformed = (field: string, rule: string, text: Text): Problem => new Problem('malformed', { errors: [{ field, rule, text }] });

export const noSuchMeasure = (measure: string): Problem =>
  malformed('measure', 'known', { zh: `没有指标 ${measure},见 /projection/figures。`, en: `There is no measure ${measure}; see /projection/figures.` });

export const noSuchRegion = (region: string): Problem => malformed('region', 'known', { zh: `没有区划 ${region}。`, en: `There is no region ${region}.` });

/** @param towns what tells the candidates apart */
export const severalRegions = (region: string, towns: readonly string[]): Problem =>
  refused('region-not-unique', {
    zh: `名称“${region}”不唯一,请注明镇(街道)或用代码:${towns.join(';')}。`,
    en: `The name ${region} is not unique; name the town or use a code: ${towns.join('; ')}.`,
  });

export const noSuchGroup = (group: string, dimensions: readonly string[]): Problem =>
  malformed('group', 'known', { zh: `该指标不能按“${group}”分组,可用:${dimensions.join('、')}。`, en: `This measure has no group ${group}; it has ${dimensions.join(', ')}.` });

export const beyondWatermark = (watermark: string): Problem =>
  refused('not-known-yet', {
    zh: `knownAt 晚于已完整到达的时间 ${watermark};请稍后再问,或用该时间,或不带 knownAt 取暂定值。`,
    en: `knownAt lies beyond what is complete, ${watermark}; ask again later, take that time, or leave knownAt out for a provisional answer.`,
  });

export const periodReversed = (): Problem => malformed('from', 'order', { zh: 'from 不能晚于 asOf。', en: 'from must not be later than asOf.' });

export const badToken = (): Problem => malformed('token', 'known', { zh: '无法识别的下钻标记,请从数字的回答中取。', en: 'This is no drill token; take it from the answer of a figure.' });

export const noSuchRate = (rate: string): Problem => malformed('rate', 'known', { zh: `没有比率 ${rate},见 /projection/figures。`, en: `There is no rate ${rate}; see /projection/figures.` });

export const noSuchDenominator = (named: readonly string[]): Problem =>
  malformed('denominator', 'known', { zh: `分母口径须为:${named.join('、')}。`, en: `The denominator must be one of: ${named.join(', ')}.` });
