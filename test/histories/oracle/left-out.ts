import type { Told } from './told.js';
import { WHOLE, type World } from './world.js';

/** Why each thing did not count, by its id; what counted is not among them, but of several that would do one is missing. */
export interface LeftOut {
  readonly reasons: ReadonlyMap<string, string>;
  /** Sets of things of which one made its subject count: all but that one are told as already counted. */
  readonly rivals: readonly (readonly string[])[];
}
interface Period {
  readonly factId: string;
  readonly from: string;
  readonly to: string | null;
}
const never = (told: Told, thing: 'bindings' | 'claims' | 'recognitions' | 'lines' | 'deliveries' | 'registrations'): [string, string][] => told.errors(thing).map(({ factId }) => [factId, 'voided']);
const untimely = (world: World, { from, to }: Period, ended = 'ended'): string | null => {
  if (from > world.day) return 'not-yet-begun';
  return to !== null && to <= world.day ? ended : null;
};

/** Sorts things by what keeps them from counting; those that nothing keeps compete within their subject. */
const sorted = <T extends { readonly factId: string }>(things: readonly T[], subject: (one: T) => string, why: (one: T) => string | null): LeftOut => {
  const free = things.filter((one) => why(one) === null);
  return {
    reasons: new Map(things.flatMap((one): [string, string][] => (why(one) === null ? [] : [[one.factId, why(one) as string]]))),
    rivals: [...Map.groupBy(free, subject).values()].map((rivals) => rivals.map(({ factId }) => factId)),
  };
};
const withErrors = (told: Told, thing: Parameters<typeof never>[1], { reasons, rivals }: LeftOut): LeftOut => ({ reasons: new Map([...never(told, thing), ...reasons]), rivals });

/** Bindings beside the households reached. */
const bindings = (world: World): LeftOut =>
  withErrors(world.told, 'bindings', sorted(world.told.of('bindings'), ({ householdId }) => householdId, (one) => {
    if (one.state !== 'ACTIVE' && one.state !== 'ENDED') return 'not-confirmed';
    const time = untimely(world, one);
    if (time) return time;
    if (!world.isRegistered(one.cooperativeId)) return 'cooperative-dissolved';
    return world.home(one.householdId) === undefined ? 'place-unknown' : null;
  }));

/** Bindings beside the households in a closed chain: one that counts lacks the rest of it, or stands beside the one that closes it. */
const chained = (world: World): LeftOut => {
  const closed = new Set(world.bindings(WHOLE).filter(({ cooperativeId }) => world.chains(WHOLE).some((link) => link.cooperativeId === cooperativeId)).map(({ householdId }) => householdId));
  const { reasons, rivals } = bindings(world);
  const household = new Map(world.told.of('bindings').map(({ factId, householdId }) => [factId, householdId]));
  const isClosed = (many: readonly string[]): boolean => closed.has(household.get(many[0] ?? '') ?? '');
  const open = rivals.filter((many) => !isClosed(many)).flat();
  return { reasons: new Map([...reasons, ...open.map((id): [string, string] => [id, 'conditions-not-met'])]), rivals: rivals.filter(isClosed) };
};

/** Registrations beside the cooperatives. */
const registrations = (world: World): LeftOut =>
  withErrors(world.told, 'registrations', sorted(world.told.of('registrations'), ({ factId }) => factId, (one) =>
    untimely(world, one, 'cooperative-dissolved') ?? (world.seat(one.cooperativeId) === undefined ? 'place-unknown' : null)));

/** Contract lines beside what fell due. */
const lines = (world: World, from: string): LeftOut => {
  const standing = new Set(world.told.of('contracts').map(({ factId }) => factId));
  return withErrors(world.told, 'lines', sorted(world.told.of('lines'), ({ factId }) => factId, (one) => {
    if (one.due < from || one.due > world.day) return 'other-period';
    if (one.from > world.day) return 'not-yet-begun';
    if (!standing.has(one.contractId)) return 'contract-voided';
    return world.on(one.due).seat(one.cooperativeId) === undefined ? 'place-unknown' : null;
  }));
};

/** Claims beside the base area. */
const claims = (world: World): LeftOut => {
  const counting = new Set(world.bindings(WHOLE).map(({ factId }) => factId));
  return withErrors(world.told, 'claims', sorted(world.told.of('claims'), ({ parcelId }) => parcelId, (one) => {
    const time = untimely(world, one);
    if (time) return time;
    if (!world.isRegistered(one.cooperativeId)) return 'cooperative-dissolved';
    if (!counting.has(one.bindingId)) return 'binding-does-not-count';
    return world.parcel(one.parcelId) === undefined ? 'place-unknown' : null;
  }));
};

/** Recognitions beside the leading enterprises. */
const recognitions = (world: World): LeftOut =>
  withErrors(world.told, 'recognitions', sorted(world.told.of('recognitions'), ({ enterpriseId }) => enterpriseId, (one) => untimely(world, one, 'recognition-lapsed') ?? (world.enterprise(one.enterpriseId) ? null : 'enterprise-dissolved')));

/** Loads beside what was delivered: each counts by itself, so none competes. */
const deliveries = (world: World, from: string): LeftOut => {
  const standing = new Set(world.told.of('contracts').map(({ factId }) => factId));
  const found = sorted(world.told.of('deliveries'), ({ factId }) => factId, (one) => {
    if (one.from < from || one.from > world.day) return 'other-period';
    if (!standing.has(one.contractId)) return 'contract-voided';
    return world.on(one.from).seat(one.cooperativeId) === undefined ? 'place-unknown' : null;
  });
  return withErrors(world.told, 'deliveries', found);
};

export interface Beside {
  /** Kind of fact told beside the figure. */
  readonly kind: string;
  /** Kinds that may be told with it. */
  readonly beside?: readonly string[];
  readonly why: (world: World, from: string) => LeftOut;
}
/** By measure. */
export const LEFT_OUT: Readonly<Record<string, Beside>> = {
  'households-reached': { kind: 'binding', why: bindings },
  'closed-chain-households': { kind: 'binding', beside: ['link'], why: chained },
  cooperatives: { kind: 'registration', why: registrations },
  'contracted-quantity': { kind: 'line', why: lines },
  'base-area': { kind: 'claim', why: claims },
  enterprises: { kind: 'recognition', why: recognitions },
  'delivered-quantity': { kind: 'delivery', why: deliveries },
};
