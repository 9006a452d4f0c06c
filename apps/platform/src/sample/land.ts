import { type Population, type SampleBinding, villageIdOf } from './population.js';
import type { Village } from './villages.js';

export interface SampleParcel {
  id: string;
  villageId: string;
  householdId: string;
  /** Hundredths of a 亩. */
  area: number;
  crop: string;
  /** Bindings that claim it, none for a grower bound to nobody. */
  claimedBy: string[];
}
export interface SamplePlanting {
  id: string;
  parcelId: string;
  householdId: string;
  crop: string;
  area: number;
  on: string;
}

const VEGETABLES = '设施蔬菜';
/** Five parcels of 5.00 亩 in each of the twelve villages where households are in two cooperatives: 300.00 亩 in conflict. */
const CONFLICT = { parcels: 5, area: 500 };
const SECOND_CROP = 90_000;

const spread = (area: number, count: number): number[] => {
  const each = Math.floor(area / count);
  return Array.from({ length: count }, (_, i) => each + (i < area - each * count ? 1 : 0));
};

const parcelsOf = (village: Village, bindings: ReadonlyMap<string, SampleBinding[]>): SampleParcel[] => {
  const holders = [...bindings].filter(([, mine]) => mine.some((binding) => binding.linkage !== 'LABOUR'));
  const conflicted = holders.filter(([, mine]) => mine.length > 1).slice(0, CONFLICT.parcels).map(([household]) => household);
  const areas = spread(village.area - conflicted.length * CONFLICT.area, holders.length - conflicted.length);
  return holders.map(([householdId, mine]) => {
    const conflict = conflicted.includes(householdId);
    const area = conflict ? CONFLICT.area : (areas.shift() as number);
    const claimedBy = (conflict ? mine : mine.slice(0, 1)).map((binding) => binding.id);
    return { id: `l-${householdId.slice(2)}`, villageId: villageIdOf(village), householdId, area, crop: village.product, claimedBy };
  });
};

/** Households not reached that plant their village's leading product on land that no one claims. */
const growersOf = (village: Village): SampleParcel[] =>
  Array.from({ length: village.star.growers }, (_, i) => {
    const householdId = `h-${village.code.slice(6)}-${String(village.reached + i + 1).padStart(4, '0')}`;
    return { id: `l-${householdId.slice(2)}`, villageId: villageIdOf(village), householdId, area: 200, crop: village.star.leadingProduct, claimedBy: [] };
  });

const plant = (parcel: SampleParcel, n: number, area: number, on: string): SamplePlanting => ({
  id: `s-${parcel.id.slice(2)}-${n}`, parcelId: parcel.id, householdId: parcel.householdId, crop: parcel.crop, area, on,
});

/** Once each, and 900.00 亩 of vegetables a second time. */
const plantingsOf = (parcels: readonly SampleParcel[]): SamplePlanting[] => {
  let rest = SECOND_CROP;
  const second = parcels.filter((parcel) => parcel.crop === VEGETABLES && parcel.claimedBy.length > 0).flatMap((parcel) => {
    const area = Math.min(rest, parcel.area);
    rest -= area;
    return area > 0 ? [plant(parcel, 2, area, '2022-06-20')] : [];
  });
  return [...parcels.map((parcel) => plant(parcel, 1, parcel.area, '2022-03-20')), ...second];
};

export interface Land {
  parcels: SampleParcel[];
  plantings: SamplePlanting[];
}

/** 15000.00 亩 claimed, 15900.00 sown on it, 300.00 claimed through two cooperatives. */
export const land = (villages: readonly Village[], { households, bindings }: Population): Land => {
  const villageOf = new Map(households.map((household) => [household.id, household.villageId]));
  const counted = bindings.filter((binding) => !binding.draft && binding.cooperative <= 43);
  const parcels = villages.flatMap((village) => {
    const mine = counted.filter((binding) => villageOf.get(binding.householdId) === villageIdOf(village));
    return [...parcelsOf(village, Map.groupBy(mine, (binding) => binding.householdId)), ...growersOf(village)];
  });
  return { parcels, plantings: plantingsOf(parcels) };
};
