import type { RecognitionLevel } from '#contracts';
import { villageIdOf } from './population.js';
import type { Village } from './villages.js';

export interface SampleCooperative {
  id: string;
  number: number;
  name: string;
  creditCode: string;
  villageId: string;
  product: string;
  cancelled?: string;
}
export interface SampleEnterprise {
  id: string;
  name: string;
  creditCode: string;
  villageId: string;
  recognition?: { level: RecognitionLevel; from: string; through: string };
}
export interface SampleContract {
  id: string;
  cooperativeId: string;
  enterpriseId: string;
  crop: string;
  /** Grams. */
  quantity: number;
  due: string;
  delivered: { weight: number; on: string }[];
}

const two = (n: number): string => String(n).padStart(2, '0');
export const cooperativeId = (number: number): string => `c-${two(number)}`;
const enterpriseId = (number: number): string => `e-${two(number)}`;

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const INNER = [3, 7, 9, 10, 5, 8, 4, 2];
const value = (character: string): number => (/\d/.test(character) ? Number(character) : character.charCodeAt(0) - 55);
const innerCheck = (body: string): string => {
  const rest = 11 - ([...body].reduce((sum, character, i) => sum + value(character) * (INNER[i] ?? 0), 0) % 11);
  return rest === 10 ? 'X' : rest === 11 ? '0' : String(rest);
};
/** A credit code of a fictitious organisation (主体标识码 begins with XX), both check characters right. */
export const testCreditCode = (prefix: '91' | '93', number: number): string => {
  const body = `XX${String(number).padStart(6, '0')}`;
  const code = `${prefix}410308${body}${innerCheck(body)}`;
  const sum = [...code].reduce((total, character, i) => total + ALPHABET.indexOf(character) * (3 ** i % 31), 0);
  return code + ALPHABET[(31 - (sum % 31)) % 31];
};

/** 1 to 43 by village in code order, and two that were cancelled. */
export const cooperatives = (villages: readonly Village[]): SampleCooperative[] => {
  const seats = villages.flatMap((village) => Array.from({ length: village.cooperatives }, () => village));
  const make = (village: Village, number: number, cancelled?: string): SampleCooperative => ({
    id: cooperativeId(number), number, name: `测试${two(number)}合作社`, creditCode: testCreditCode('93', number),
    villageId: villageIdOf(village), product: village.product, ...(cancelled ? { cancelled } : {}),
  });
  const first = villages[0] as Village;
  return [...seats.map((village, i) => make(village, i + 1)), make(first, 44, '2022-05-01'), make(first, 45, '2022-06-15')];
};

const LEVELS: RecognitionLevel[] = ['PROVINCIAL', 'MUNICIPAL', 'MUNICIPAL', 'MUNICIPAL', 'COUNTY', 'COUNTY', 'COUNTY', 'COUNTY'];

/** Eight recognised; the ninth lapsed at the end of 2021, the tenth was never recognised. */
export const enterprises = (villages: readonly Village[]): SampleEnterprise[] => {
  const seats = villages.flatMap((village) => Array.from({ length: village.enterprises }, () => village));
  const make = (village: Village, number: number, recognition?: SampleEnterprise['recognition']): SampleEnterprise => ({
    id: enterpriseId(number), name: `测试${two(number)}龙头企业`, creditCode: testCreditCode('91', number), villageId: villageIdOf(village), ...(recognition ? { recognition } : {}),
  });
  const first = villages[0] as Village;
  return [
    ...seats.map((village, i) => make(village, i + 1, { level: LEVELS[i] as RecognitionLevel, from: '2021-07-01', through: '2023-06-30' })),
    make(first, 9, { level: 'COUNTY', from: '2019-01-01', through: '2021-12-31' }),
    make(first, 10),
  ];
};

/** 1 to 40 each to one of the eight; 41 and 42 only to the lapsed one, 43 only to the one never recognised. */
export const linkedTo = (cooperative: number): string => enterpriseId(cooperative <= 40 ? 1 + ((cooperative - 1) % 8) : cooperative === 43 ? 10 : 9);

/** 后沟村 and 权家岭村: bound without a contract (有名无实). */
const NOMINAL = [16, 32];
const TONNE = 1_000_000;

/** Of the first two the lines fell due before 2022-07-18: 100 t contracted and 120 t delivered, 200 t and 150 t. */
export const contracts = (all: readonly SampleCooperative[]): SampleContract[] =>
  all.filter(({ number }) => number <= 40 && !NOMINAL.includes(number)).map(({ id, number, product }) => {
    const terms = number === 1 ? { quantity: 100 * TONNE, due: '2022-06-30', delivered: [{ weight: 70 * TONNE, on: '2022-06-10' }, { weight: 50 * TONNE, on: '2022-06-25' }] }
      : number === 2 ? { quantity: 200 * TONNE, due: '2022-07-10', delivered: [{ weight: 150 * TONNE, on: '2022-07-05' }] }
      : { quantity: 50 * TONNE, due: '2022-10-31', delivered: [] };
    return { id: `o-${two(number)}`, cooperativeId: id, enterpriseId: linkedTo(number), crop: product, ...terms };
  });
