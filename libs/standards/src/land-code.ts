import { isRounded, normalise } from './text.js';

/** The village inside is the one at the time of 确权, which may bear another code today. */
export type ParcelCodeCheck = { ok: true; value: string; village: string; group: string } | { ok: false; code: 'parcel-code-invalid' | 'parcel-code-rounded' };

/** 发包方, 承包方, 承包合同: J a family's contract, Q any other. */
const OTHERS = { ISSUER: /^[1-9]\d{13}$/, CONTRACTOR: /^[1-9]\d{17}$/, CONTRACT: /^[1-9]\d{17}[JQ]$/ } as const;

/** 承包地块编码 (GB/T 35958-2018): 19 digits = village 12 + group 2 + parcel 5. Spaces and full-width digits are accepted. */
export const checkParcelCode = (text: string): ParcelCodeCheck => {
  const value = normalise(text);
  if (isRounded(value)) return { ok: false, code: 'parcel-code-rounded' };
  if (!/^[1-9]\d{18}$/.test(value)) return { ok: false, code: 'parcel-code-invalid' };
  return { ok: true, value, village: value.slice(0, 12), group: value.slice(12, 14) };
};

/**
 * The other codes of GB/T 35958-2018: 发包方 14 digits (village 12 + group 2), 承包方 18 (issuer 14 + 4), 承包合同 19 (contractor 18 + J or Q).
 * Null when the text is none.
 */
export const readLandCode = (kind: keyof typeof OTHERS, text: string): string | null => {
  const value = normalise(text).toUpperCase();
  return OTHERS[kind].test(value) ? value : null;
};
