import { checkCreditCode, checkIdentityNumber, checkParcelCode, normalise, widenIdentityNumber } from '#standards';
import type { ColumnKind, Read } from '../kind.js';
import { errors, none } from './finding.js';

/** Digits that a spreadsheet rounds when they are typed as a number. */
const MOST_DIGITS = 15;
const bare = (text: string): string => text.replace(/^['‘’＇]/, '');

/** 公民身份号码 */
export const identityNumber: ColumnKind = {
  name: 'identity-number',
  asText: true,
  accepts: { zh: '18 位，最后一位可为 X', en: '18 characters, the last may be X' },
  codes: errors({
    'id-rounded': ['号码被表格软件当作数字，末几位已丢失', 'the number was kept as a number and has lost its last digits', '把该列设为“文本”格式，重新录入 18 位号码'],
    'id-15-digits': ['是 15 位旧号码', 'an old number of 15 digits', '改为 18 位号码，并与身份证核对'],
    'id-format': ['不是 18 位号码', 'not 18 characters', '18 位：17 位数字，最后一位为数字或 X'],
    'id-birth-date': ['出生日期不存在', 'no such birth date', '与身份证核对'],
    'id-birth-future': ['出生日期在今天之后', 'the birth date is in the future', '与身份证核对'],
    'id-check-digit': ['校验码不符，可能有一位输错', 'the check character is wrong: a digit may be mistyped', '与身份证核对'],
    'id-test-number': ['是测试号码（999999 开头）', 'a test number (999999)', '填写真实号码'],
  }),
  repeats: false,
  read: (given) => {
    const { cell, surroundings } = given;
    if ((cell.digits ?? 0) > MOST_DIGITS) return none(given, 'id-rounded');
    const check = checkIdentityNumber(bare(cell.text), { today: surroundings.today, allowTest: surroundings.allowTestIds });
    if (check.ok) return { value: check.value };
    return none(given, check.code, check.code === 'id-15-digits' ? `如 ${widenIdentityNumber(normalise(cell.text))}，请与身份证核对` : undefined);
  },
};

/** 统一社会信用代码 */
export const creditCode: ColumnKind = {
  name: 'credit-code',
  asText: true,
  accepts: { zh: '18 位统一社会信用代码', en: 'a credit code of 18 characters' },
  codes: errors({
    'credit-code-format': ['不是 18 位统一社会信用代码', 'not a credit code of 18 characters', '与营业执照核对'],
    'credit-code-organisation-check': ['组织机构代码校验码不符', 'the check of the organisation code inside is wrong', '与营业执照核对'],
    'credit-code-check': ['校验码不符', 'the check character is wrong', '与营业执照核对'],
  }),
  repeats: false,
  read: (given) => {
    const check = checkCreditCode(given.cell.text);
    return check.ok ? { value: check.value } : none(given, check.code);
  },
};

const readParcel: Read = (given) => {
  if (given.cell.kind === 'number') return none(given, 'parcel-code-rounded');
  const check = checkParcelCode(bare(given.cell.text));
  return check.ok ? { value: check.value } : none(given, check.code);
};
/** 承包地块编码 (GB/T 35958) */
export const parcelCode: ColumnKind = {
  name: 'parcel-code',
  asText: true,
  accepts: { zh: '19 位数字', en: '19 digits' },
  codes: errors({
    'parcel-code-invalid': ['不是 19 位地块编码', 'not a parcel code of 19 digits', '与土地承包经营权证核对'],
    'parcel-code-rounded': ['编码被表格软件当作数字，末几位已丢失', 'the code was kept as a number and has lost its last digits', '把该列设为“文本”格式，重新录入 19 位编码'],
  }),
  repeats: false,
  read: readParcel,
};

const MOBILE = /^(?:\+?86-?)?(1[3-9]\d)-?(\d{4})-?(\d{4})$/;
const LANDLINE = /^\(?(0(?:10|2\d|[3-9]\d{2}))\)?-?(\d{7,8})(-\d{1,6})?$/;

/** 联系电话: a mobile, or a landline with its area code. */
export const phone: ColumnKind = {
  name: 'phone',
  asText: true,
  accepts: { zh: '11 位手机号，或带区号的固定电话', en: 'a mobile of 11 digits or a landline with its area code' },
  codes: errors({ 'phone-invalid': ['不是有效的电话号码', 'no valid phone number', '11 位手机号，或带区号的固定电话（如 0379-67912345）'] }),
  repeats: false,
  read: (given) => {
    const value = normalise(bare(given.cell.text));
    const mobile = MOBILE.exec(value);
    if (mobile) return { value: mobile.slice(1).join('') };
    const [, area, number, extension = ''] = LANDLINE.exec(value) ?? [];
    return number ? { value: `${area}-${number}${extension}` } : none(given, 'phone-invalid');
  },
};
