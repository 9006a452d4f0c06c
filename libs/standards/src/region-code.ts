import { normalise } from './text.js';

export type RegionCodeLevel = 'DISTRICT' | 'TOWN' | 'VILLAGE';
/** What the code itself says a region is; null where the standard leaves it open. */
export type RegionCodeKind = 'DISTRICT' | 'SUBDISTRICT' | 'TOWN' | 'COMMUNITY' | 'VILLAGE' | null;
export type RegionCodeCheck = { ok: true; value: string; level: RegionCodeLevel; kind: RegionCodeKind } | { ok: false; code: 'region-code-format' };

const LEVELS: Readonly<Record<number, RegionCodeLevel>> = { 6: 'DISTRICT', 9: 'TOWN', 12: 'VILLAGE' };
/** The first of the last three digits: 0xx 街道 or residents' committee, 1xx 镇, 2xx 乡 or villagers' committee. */
const KINDS: Readonly<Record<RegionCodeLevel, Readonly<Record<string, RegionCodeKind>>>> = {
  DISTRICT: {},
  TOWN: { 0: 'SUBDISTRICT', 1: 'TOWN' },
  VILLAGE: { 0: 'COMMUNITY', 2: 'VILLAGE' },
};

/** 区划代码 (GB/T 2260, GB/T 10114): 6 digits a district, 9 a town, 12 a village. A prefix names what the region lies in. */
export const checkRegionCode = (text: string): RegionCodeCheck => {
  const value = normalise(text);
  const level = LEVELS[value.length];
  if (!level || !/^[1-9]\d+$/.test(value)) return { ok: false, code: 'region-code-format' };
  return { ok: true, value, level, kind: level === 'DISTRICT' ? level : (KINDS[level][value.at(-3) as string] ?? null) };
};
