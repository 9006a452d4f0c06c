import type { Linkage } from '#contracts';
import type { Village } from './villages.js';

export interface SampleHousehold {
  id: string;
  villageId: string;
  persons: number;
  resident: boolean;
  eligible: boolean;
}
export interface SampleBinding {
  id: string;
  householdId: string;
  /** 1 to 43, or a decoy's 44 and 45. */
  cooperative: number;
  linkage: Linkage;
  draft?: true;
}

/** Cooperatives 40 to 43 break the rule that a household belongs to a cooperative of its own village by turns. */
const SHILITOU = '410308103215';
const QINGHEKOU = '410308103216';

const TOTALS: [Linkage, number][] = [['LABOUR', 350], ['LEASE', 250], ['ORDER', 800]];
const TWO_COOPERATIVES = { villages: 12, fours: 450, threes: 150 };

export const villageIdOf = (village: Village): string => `r-${village.code}`;
const householdId = (village: Village, index: number): string => `h-${village.code.slice(6)}-${String(index + 1).padStart(4, '0')}`;

/** Splits a whole number by weights, the remainders to the largest; the parts sum to the whole. */
export const apportion = (whole: number, weights: readonly number[]): number[] => {
  const sum = weights.reduce((a, b) => a + b, 0);
  const parts = weights.map((weight) => Math.floor((whole * weight) / sum));
  const order = weights.map((weight, i) => [((whole * weight) % sum), i] as const).sort(([a, i], [b, j]) => b - a || i - j);
  const rest = whole - parts.reduce((a, b) => a + b, 0);
  for (const [, i] of order.slice(0, rest)) parts[i] = (parts[i] ?? 0) + 1;
  return parts;
};

/** Those of 4 members come first. */
const fours = (village: Village): number => village.persons - 3 * village.reached;

const householdsOf = (village: Village): SampleHousehold[] => {
  const { residents, eligible } = village.star;
  return Array.from({ length: residents }, (_, i) => {
    const reached = i < village.reached;
    const persons = i < fours(village) ? 4 : 3;
    return { id: householdId(village, i), villageId: villageIdOf(village), persons: reached ? persons : 1, resident: true, eligible: i < eligible };
  });
};

/** First cooperative of a household, by its place in the village. */
const firstCooperative = (village: Village, index: number, offset: number): number => {
  if (village.code === SHILITOU) return index < 150 ? 40 : 41;
  if (village.code === QINGHEKOU) return index < 20 ? 40 : index < 100 ? 42 : 43;
  return offset + 1 + (index % village.cooperatives);
};

const linkagesOf = (village: Village, counts: readonly number[]): Linkage[] => {
  const linkages = Array.from({ length: village.reached }, (): Linkage => 'MEMBER');
  let next = fours(village) - 1;
  counts.forEach((count, kind) => {
    for (let i = 0; i < count; i += 1, next -= 1) linkages[next] = (TOTALS[kind] as [Linkage, number])[0];
  });
  return linkages;
};

interface Shares {
  linkages: number[];
  twoFours: number;
  twoThrees: number;
}

const bindingsOf = (village: Village, offset: number, shares: Shares): SampleBinding[] => {
  const linkages = linkagesOf(village, shares.linkages);
  const inTwo = (i: number) => i < shares.twoFours || (i >= fours(village) && i < fours(village) + shares.twoThrees);
  return linkages.flatMap((linkage, i) => {
    const bind = (cooperative: number, n: number): SampleBinding => ({ id: `b-${householdId(village, i).slice(2)}-${n}`, householdId: householdId(village, i), cooperative, linkage });
    const first = bind(firstCooperative(village, i, offset), 1);
    return inTwo(i) ? [first, bind(offset + 1 + ((i + 1) % village.cooperatives), 2)] : [first];
  });
};

export interface Population {
  households: SampleHousehold[];
  bindings: SampleBinding[];
}

/** 4000 households reached and those not reached of the star file; 4600 bindings and the decoys. */
export const population = (villages: readonly Village[]): Population => {
  const weights = villages.map((village) => village.reached);
  const byLinkage = TOTALS.map(([, count]) => apportion(count, weights));
  const sharing = villages.filter((village) => village.cooperatives > 1 && village.code !== SHILITOU && village.code !== QINGHEKOU);
  const even = Array.from({ length: TWO_COOPERATIVES.villages }, () => 1);
  const two = { fours: apportion(TWO_COOPERATIVES.fours, even), threes: apportion(TWO_COOPERATIVES.threes, even) };
  let offset = 0;
  const bindings = villages.flatMap((village, i) => {
    const place = sharing.indexOf(village);
    const shares = { linkages: byLinkage.map((parts) => parts[i] ?? 0), twoFours: two.fours[place] ?? 0, twoThrees: two.threes[place] ?? 0 };
    const made = bindingsOf(village, offset, shares);
    offset += village.cooperatives;
    return made;
  });
  return { households: villages.flatMap(householdsOf), bindings: [...bindings, ...decoys(villages)] };
};

/** What must not count: bindings to cancelled cooperatives of households bound elsewhere, and drafts of households not reached. */
const decoys = (villages: readonly Village[]): SampleBinding[] => {
  const village = villages[0] as Village;
  const cancelled = [44, 45].map((cooperative, i) => ({ id: `b-decoy-${cooperative}`, householdId: householdId(village, i), cooperative, linkage: 'MEMBER' as const }));
  const drafts = villages.slice(0, 5).map((v, i) => ({ id: `b-draft-${i + 1}`, householdId: householdId(v, v.star.residents - 1), cooperative: 1 + i, linkage: 'MEMBER' as const, draft: true as const }));
  return [...cancelled, ...drafts];
};
