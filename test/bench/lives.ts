import * as contracts from '#contracts';
import type { DomainEvent } from '#decider';
import { addDays } from '#standards';
import { dice, type Dice } from '../infra/dice.js';

/**
 * The mix of the benchmarks: a household's whole life. It is registered with its standing, its persons and its parcels; bound
 * (drafted and submitted, confirmed, activated) with claims on its land; it plants twice a year. One in 7 joins a second
 * cooperative, 1 in 10 ends its binding, 1 in 20 moves, 1 in 25 has a binding corrected, 1 in 50 a parcel measured anew.
 * Cooperatives of about 100 households are linked to enterprises, contract and deliver. Stages of one life lie apart in time,
 * so that lives overlap in the log as they do in the world.
 */
export interface Lives {
  readonly households: number;
  readonly villages: number;
  readonly cooperatives: number;
  readonly enterprises: number;
  readonly lanes: number;
}
export const livesOf = (households: number): Lives => ({
  households,
  villages: Math.max(272, Math.round(households / 300)),
  cooperatives: Math.max(43, Math.round(households / 100)),
  enterprises: Math.max(8, Math.round(households / 2000)),
  lanes: 4,
});

const YEAR = '2021-01-01';
const CROPS = ['桃', '葡萄', '西瓜', '草莓', '设施蔬菜'];

export const villageId = (n: number): string => `r-${410308000000 + n}`;
export const cooperativeId = (n: number): string => `c-${n}`;
export const enterpriseId = (n: number): string => `e-${n}`;
const day = (n: number): string => addDays(YEAR, n);

interface Told {
  readonly service: 'farmer' | 'cooperative' | 'enterprise';
  readonly stream: string;
  readonly event: DomainEvent;
  /** Stated by the same command as the one before it, and so recorded in the same millisecond. */
  readonly sameCommand?: boolean;
}
/** What one command states. */
const together = (first: Told, ...others: readonly Told[]): Told[] => [first, ...others.map((told) => ({ ...told, sameCommand: true }))];
const farmer = (stream: string, event: DomainEvent): Told => ({ service: 'farmer', stream, event });
const cooperative = (stream: string, event: DomainEvent): Told => ({ service: 'cooperative', stream, event });
const enterprise = (stream: string, event: DomainEvent): Told => ({ service: 'enterprise', stream, event });

const creditCode = (n: number): string => `934103${String(n).padStart(12, '0')}`;

function* regions({ villages }: Lives): Generator<Told> {
  const of = contracts.region.events.RegionRegistered;
  const unit = (regionId: string, level: 'DISTRICT' | 'TOWN' | 'VILLAGE', parentId: string | null): Told => {
    const kind = level === 'VILLAGE' ? 'VILLAGE' : level;
    const code = regionId.slice(2);
    return farmer(`region-${regionId}`, of.of({ factId: `g-${regionId}`, from: '2020-01-01', regionId, level, kind, code, name: regionId, parentId }, '2020-01-01'));
  };
  yield unit('r-410308', 'DISTRICT', null);
  const towns = Math.ceil(villages / 20);
  for (let t = 0; t < towns; t += 1) yield unit(`r-${410308100 + t}`, 'TOWN', 'r-410308');
  for (let v = 0; v < villages; v += 1) yield unit(villageId(v), 'VILLAGE', `r-${410308100 + (v % towns)}`);
}

function* organisations(lives: Lives, roll: Dice): Generator<Told> {
  const { registration, seat, products, link, recognition, contract, contractLine } = contracts;
  for (let e = 0; e < lives.enterprises; e += 1) {
    const enterpriseId_ = enterpriseId(e);
    const on = day(0);
    yield enterprise(`enterprise-${e}`, contracts.enterprise.events.EnterpriseRegistered.of({ factId: `fe-${e}`, from: on, to: null, enterpriseId: enterpriseId_, creditCode: creditCode(e), name: `测试${e}`, villageId: villageId(roll(lives.villages)) }, on));
    yield enterprise(`enterprise-${e}`, recognition.events.EnterpriseRecognised.of({ factId: `fr-${e}`, from: on, to: e % 8 === 7 ? day(500) : null, enterpriseId: enterpriseId_, level: 'COUNTY' }, on));
  }
  for (let c = 0; c < lives.cooperatives; c += 1) {
    const [cooperativeId_, on] = [cooperativeId(c), day(roll(60))];
    const enterpriseId_ = enterpriseId(roll(lives.enterprises));
    yield* together(
      cooperative(`cooperative-${c}`, registration.events.CooperativeRegistered.of({ factId: `fc-${c}`, from: on, to: null, cooperativeId: cooperativeId_, creditCode: creditCode(c), kind: 'SPECIALIZED', name: `测试${c}` }, on)),
      cooperative(`cooperative-${c}`, seat.events.CooperativeSeated.of({ factId: `fs-${c}`, from: on, cooperativeId: cooperativeId_, villageId: villageId(c % lives.villages) }, on)),
      cooperative(`cooperative-${c}`, products.events.CooperativeProductsStated.of({ factId: `fp-${c}`, from: on, cooperativeId: cooperativeId_, products: [CROPS[c % 5] ?? '桃'] }, on)),
    );
    if (c % 10 === 9) continue;
    yield enterprise(`link-${c}`, link.events.CoopEnterpriseBound.of({ factId: `n-${c}`, from: on, to: null, cooperativeId: cooperativeId_, enterpriseId: enterpriseId_ }, on));
    const line = { contractId: `o-${c}`, lineId: `o-${c}.1`, cooperativeId: cooperativeId_, enterpriseId: enterpriseId_, crop: CROPS[c % 5] ?? '桃' };
    yield* together(
      enterprise(`contract-${c}`, contract.events.ContractSigned.of({ factId: `o-${c}`, from: day(0), to: day(730), contractId: `o-${c}`, cooperativeId: cooperativeId_, enterpriseId: enterpriseId_ }, on)),
      enterprise(`contract-${c}`, contractLine.events.ContractLineAgreed.of({ factId: `o-${c}.1`, from: on, ...line, quantity: 100_000_000, area: 10_000, due: day(300 + roll(300)) }, on)),
    );
    for (let d = 0; d < 3; d += 1) yield enterprise(`contract-${c}`, contracts.delivery.events.DeliveryRecorded.of({ factId: `d-${c}.${d}`, from: day(250 + roll(300)), ...line, weight: 20_000_000 + roll(30_000_000) }, on));
  }
}

interface Begun {
  readonly lives: Lives;
  readonly roll: Dice;
  readonly start: number;
  readonly bound: ReturnType<typeof binding>;
  readonly householdId: string;
  readonly parcel: { factId: string; parcelId: string; villageId: string; area: number } | undefined;
}

/** What happens later to some: a second binding, an end, a move, a correction, a parcel measured anew. */
const laterOf = (h: number, { lives, roll, start, bound, householdId, parcel }: Begun): Told[] => {
  const on = day(start);
  const moved = () => farmer(`household-${h}`, contracts.home.events.HouseholdMoved.of({ factId: `hm2-${h}`, from: day(start + 100), householdId, villageId: villageId(roll(lives.villages)) }, on));
  const measured = () => (parcel ? [farmer(`parcel-${parcel.parcelId}`, contracts.land.events.ParcelRemeasured.of({ ...parcel, factId: `${parcel.factId}.2`, from: day(start + 90), area: parcel.area + 7 }, on))] : []);
  return [
    ...(h % 7 === 0 ? binding(h, { lives, roll, start: start + 60, n: 2, parcels: 0 }).told : []),
    ...(h % 10 === 3 ? [bound.end(day(start + 200))] : []),
    ...(h % 20 === 4 ? [moved()] : []),
    ...(h % 25 === 5 ? [bound.correct(day(start + 25))] : []),
    ...(h % 50 === 6 ? measured() : []),
  ];
};

/** The stages of one life, in order; the stages of different lives interleave. */
const life = (h: number, lives: Lives, roll: Dice): Told[][] => {
  const [householdId, village] = [`h-${h}`, villageId(roll(lives.villages))];
  const start = 60 + roll(300);
  const on = day(start);
  const stream = `household-${h}`;
  const persons = 3 + (h % 3 === 0 ? 1 : 0);
  const born: Told[] = together(
    farmer(stream, contracts.home.events.HouseholdRegistered.of({ factId: `hm-${h}`, from: on, householdId, villageId: village }, on)),
    farmer(stream, contracts.standing.events.HouseholdStandingStated.of({ factId: `st-${h}`, from: on, householdId, resident: true, eligible: h % 5 !== 0 }, on)),
    ...Array.from({ length: persons }, (_, p) => farmer(`person-${h}.${p}`, contracts.member.events.PersonRegistered.of({ factId: `m-${h}.${p}`, from: on, personId: `p-${h}.${p}`, householdId, reason: 'JOINED' }, on))),
  );
  const parcels = [0, 1].map((n) => ({ factId: `l-${h}.${n}`, from: on, parcelId: `l-${h}.${n}`, villageId: village, area: 100 + roll(400) }));
  for (const parcel of parcels) born.push(farmer(`parcel-${parcel.parcelId}`, contracts.land.events.ParcelRegistered.of(parcel, on)));
  const bound = binding(h, { lives, roll, start: start + 20, n: 1, parcels: 2 });
  const grown = parcels.map(({ parcelId, area }) => ({ parcelId, householdId, area, crop: CROPS[h % 5] ?? '桃' }));
  const planted = [0, 180].flatMap((later) =>
    grown.map((crop, n) => farmer(`parcel-${crop.parcelId}`, contracts.planting.events.PlantingRecorded.of({ factId: `pl-${h}.${n}.${later}`, from: day(start + 40 + later), ...crop }, on))),
  );
  return [born, bound.told, planted, laterOf(h, { lives, roll, start, bound, householdId, parcel: parcels[0] })];
};

const binding = (h: number, { lives, roll, start, n, parcels }: { lives: Lives; roll: Dice; start: number; n: number; parcels: number }) => {
  const [from, bindingId, householdId] = [day(start), `b-${h}.${n}`, `h-${h}`];
  const [cooperativeId_, linkage] = [cooperativeId(roll(lives.cooperatives)), 'MEMBER' as const];
  const { binding: fact, claim } = contracts;
  const base = { factId: bindingId, from, to: null as string | null, householdId, cooperativeId: cooperativeId_, linkage };
  const stream = `binding-${bindingId}`;
  const on = from;
  const claimed = (p: number): Told => cooperative(stream, claim.events.LandClaimed.of({ factId: `k-${h}.${n}.${p}`, from, to: null, parcelId: `l-${h}.${p}`, bindingId, householdId, cooperativeId: cooperativeId_, linkage, crop: CROPS[h % 5] ?? '桃' }, on));
  const told: Told[] = [
    ...together(
      cooperative(stream, fact.events.FarmerBindingDrafted.of({ ...base, state: 'DRAFT' }, on)),
      cooperative(stream, fact.events.FarmerBindingSubmitted.of({ ...base, state: 'SUBMITTED' }, on)),
      ...Array.from({ length: parcels }, (_, p) => claimed(p)),
    ),
    cooperative(stream, fact.events.FarmerBindingConfirmed.of({ ...base, state: 'CONFIRMED_BY_FARMER' }, on)),
    cooperative(stream, fact.events.FarmerBindingActivated.of({ ...base, state: 'ACTIVE' }, on)),
  ];
  return {
    told,
    end: (to: string): Told => cooperative(stream, fact.events.FarmerBindingEnded.of({ ...base, to, state: 'ENDED', endReason: 'WITHDRAWN' }, to)),
    correct: (earlier: string): Told => cooperative(stream, fact.events.FarmerBindingCorrected.of({ ...base, from: earlier, state: 'ACTIVE' }, on)),
  };
};

/** How many further lives begin before the next stage of one. */
const APART = 400;

export function* told(lives: Lives): Generator<Told> {
  const roll = dice(5);
  yield* regions(lives);
  yield* organisations(lives, roll);
  const waiting: Told[][][] = [[], [], [], []];
  for (let h = 0; h < lives.households + APART * 4; h += 1) {
    if (h < lives.households) life(h, lives, roll).forEach((stage, i) => waiting[i]?.push(stage));
    for (let i = 0; i < 4; i += 1) {
      if (h - i * APART >= 0) yield* waiting[i]?.shift() ?? [];
    }
  }
}
