import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** One village of the 送庄镇 set: geography is real, everything else is synthetic. */
export interface Village {
  /** 12-digit code of 2021. */
  code: string;
  name: string;
  product: string;
  /** Hundredths of a 亩. */
  area: number;
  reached: number;
  persons: number;
  cooperatives: number;
  enterprises: number;
  star: StarInputs;
}

/** What is entered for the industry star, and what must come out of it. */
export interface StarInputs {
  leadingProduct: string;
  growers: number;
  residents: number;
  eligible: number;
  outputShare: number;
  incomeShare: number;
  collectiveIncome: number;
  profile: string;
  income: number;
  reference: number;
  brand: string;
  expected: { ti2: string; ti5: string; chain: boolean; star: boolean; unmet: string };
}

type Row = Record<string, string>;
const rows = (file: string): Row[] => parse(readFileSync(join(import.meta.dirname, 'data', file), 'utf8'), { columns: true });

const starOf = (row: Row): StarInputs => ({
  leadingProduct: row.leading_product ?? '',
  growers: Number(row.unbound_growers),
  residents: Number(row.resident_households),
  eligible: Number(row.eligible_households),
  outputShare: Number(row.ti1_output_share_percent),
  incomeShare: Number(row.ti3_income_share_percent),
  collectiveIncome: Number(row.ti4_collective_income_wan),
  profile: row.ti4_profile ?? '',
  income: Number(row.ti6_income_yuan),
  reference: Number(row.ti6_reference_yuan),
  brand: row.ti7_evidence ?? '',
  expected: {
    ti2: row.expected_ti2_percent ?? '',
    ti5: row.expected_ti5_percent ?? '',
    chain: row.expected_ti5_chain === 'yes',
    star: row.expected_industry_star === 'yes',
    unmet: row.expected_unmet ?? '',
  },
});

/** The 17 villages of 送庄镇 in code order. */
export const songzhuangVillages = (): Village[] => {
  const stars = new Map(rows('songzhuang_star.csv').map((row) => [row.village_code, starOf(row)]));
  return rows('songzhuang.csv').map((row) => ({
    code: row.village_code ?? '',
    name: row.official_name_2021 ?? '',
    product: row.main_product ?? '',
    area: Number(row.area_mu) * 100,
    reached: Number(row.households_reached),
    persons: Number(row.persons_reached),
    cooperatives: Number(row.coops),
    enterprises: Number(row.leading_enterprises),
    star: stars.get(row.village_code ?? '') as StarInputs,
  }));
};
