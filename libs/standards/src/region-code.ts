import { normalise } from './text.js';

/** 区划代码 (GB/T 2260, GB/T 10114): 6 digits a district, 9 a town, 12 a village (0xx residents', 2xx villagers' committee). */
export const checkRegionCode = (text: string): { ok: true; value: string; level: 'DISTRICT' | 'TOWN' | 'VILLAGE' } | { ok: false; code: 'region-code-format' } => {
  const value = normalise(text);
  if (!/^[1-9]\d{5}(\d{3}){0,2}$/.test(value)) return { ok: false, code: 'region-code-format' };
  return { ok: true, value, level: value.length === 6 ? 'DISTRICT' : value.length === 9 ? 'TOWN' : 'VILLAGE' };
};

/** 承包地块编码 (GB/T 35958-2018): 19 digits = village 12 + group 2 + parcel 5. The village is the one at the time of 确权. */
export const checkParcelCode = (text: string): { ok: true; value: string; village: string; group: string } | { ok: false; code: 'parcel-code-invalid' | 'parcel-code-rounded' } => {
  const value = normalise(text);
  if (/^\d(\.\d+)?E\+\d+$/i.test(value)) return { ok: false, code: 'parcel-code-rounded' };
  if (!/^[1-9]\d{18}$/.test(value)) return { ok: false, code: 'parcel-code-invalid' };
  return { ok: true, value, village: value.slice(0, 12), group: value.slice(12, 14) };
};
