import { normalise } from '#standards';
import type { ColumnKind, Read } from '../kind.js';
import { errors, found, none, notes, warnings } from './finding.js';
import { tidyText } from './text.js';

/** 镇(街道) by name or code; the value is its 9-digit code. */
export const town: ColumnKind = {
  name: 'region',
  asText: true,
  accepts: { zh: '镇（街道）的名称或代码', en: 'name or code of a town' },
  codes: errors({ 'town-unknown': ['没有这个镇（街道）', 'there is no such town', '核对名称，或填 9 位代码'] }),
  repeats: true,
  read: (given) => {
    const [code] = given.surroundings.regions.town(given.cell.text);
    return code === undefined ? none(given, 'town-unknown') : { value: code };
  },
};

const NOT_FOUND = { none: 'village-unknown', several: 'village-ambiguous', left: 'village-out-of-scope' } as const;

const readVillage =
  (within: string): Read =>
  (given) => {
    const inTown = given.before[within];
    const place = given.surroundings.regions.village(given.cell.text, inTown?.value ? [inTown.value] : null);
    if (place.found === 'one') return { value: place.code, findings: place.former ? [found(given, 'village-former-name', place.name)] : [] };
    // Which of several it is would be for the town to say, and that cell has its own error.
    return place.found === 'several' && inTown?.valid === false ? { value: null } : none(given, NOT_FOUND[place.found]);
  };

/** 村(社区) by any name it ever bore, or by code; the town narrows first. The value is the 12-digit code in force. */
export const village = (within: string): ColumnKind => ({
  name: 'region',
  asText: true,
  accepts: { zh: '村（社区）的名称或 12 位代码', en: 'name or 12-digit code of a village' },
  codes: {
    ...errors({
      'village-unknown': ['没有这个村（社区）', 'there is no such village', '核对村名，或填 12 位代码'],
      'village-ambiguous': ['有几个同名的村（社区）', 'several villages bear this name', '填写所属镇（街道）'],
      'village-out-of-scope': ['该村已划出本区', 'the village has left the district', '由所在区填报'],
    }),
    ...notes({ 'village-former-name': ['不是现行名称，已按现行村认定', 'not the name in force; taken for the village that bore it'] }),
  },
  repeats: false,
  read: readVillage(within),
});

const DIGITS = '零一二三四五六七八九';
const TENS = /^([二三四五六七八九])?十([一二三四五六七八九])?$/;
/** 一 to 九十九; 0 when it is none. */
const chineseNumber = (text: string): number => {
  const tens = TENS.exec(text);
  if (!tens) return text.length === 1 ? Math.max(0, DIGITS.indexOf(text)) : 0;
  return DIGITS.indexOf(tens[1] ?? '一') * 10 + (tens[2] ? DIGITS.indexOf(tens[2]) : 0);
};

/** 村民小组: `1组`, `一组`, `01` are one; anything else is kept as written with a warning. */
export const group: ColumnKind = {
  name: 'group',
  asText: true,
  accepts: { zh: '1组、一组或 01', en: '1组, 一组 or 01' },
  codes: warnings({ 'group-format': ['组的写法认不出，按原文保留', 'the group is written in an unknown way and kept so', '如 1组'] }),
  repeats: true,
  read: (given) => {
    const [, digits, words = ''] = /^第?(?:(\d{1,3})|([一二三四五六七八九十]{1,3}))(?:(?:村民)?小?组)?$/.exec(normalise(given.cell.text)) ?? [];
    const number = digits === undefined ? chineseNumber(words) : Number(digits);
    return number > 0 ? { value: `${number}组` } : { value: tidyText(given.cell.text), findings: [found(given, 'group-format')] };
  },
};
