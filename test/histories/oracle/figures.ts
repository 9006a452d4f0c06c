import { fits, type Lens, type World } from './world.js';

/** What one subject counts for: where, and for period figures on which day. */
export interface Counted {
  readonly subject: string;
  readonly village: string | undefined;
  readonly value: number;
  readonly cohort?: string;
  /** A group that the figure itself tells apart, as `dimension=value`; the whole otherwise. */
  readonly group?: string;
}
type Figure = (world: World, lens: Lens) => Counted[];

const ids = <T>(things: readonly T[], id: (thing: T) => string): string[] => [...new Set(things.map(id))];
const year = (day: string): string => `${day.slice(0, 4)}-01-01`;

/** Households: those seen are all, or through an organisation those bound to it somehow today. */
const households = (world: World, lens: Lens): string[] => {
  const all = ids(world.told.of('homes'), ({ householdId }) => householdId);
  if (lens.through.length === 0) return all;
  const bound = new Set(world.boundSomehow({ through: lens.through }).map(({ householdId }) => householdId));
  return all.filter((id) => bound.has(id));
};
const household = (value: (world: World, id: string, lens: Lens) => number): Figure => (world, lens) =>
  households(world, lens).map((subject) => ({ subject, village: world.home(subject), value: value(world, subject, lens) }));

const isBound = (world: World, id: string, lens: Lens): boolean => world.bindings(lens).some(({ householdId }) => householdId === id);
const isChained = (world: World, id: string, lens: Lens, contracted: boolean): boolean =>
  world.chains(lens).some(({ cooperativeId, enterpriseId }) =>
    (!contracted || world.haveContract(cooperativeId, enterpriseId)) && world.bindings(lens).some((one) => one.householdId === id && one.cooperativeId === cooperativeId));

/** Products a household is engaged in: by land it claims, by its labour, or by what it sowed this year. */
const engagedIn = (world: World, id: string, lens: Lens): Set<string> =>
  new Set([
    ...world.claims(lens).filter(({ householdId }) => householdId === id).map(({ crop }) => crop),
    ...world.bindings(lens).filter(({ householdId, linkage }) => householdId === id && linkage === 'LABOUR').flatMap(({ cooperativeId }) => world.makes(cooperativeId)),
    ...world.told.of('plantings').filter(({ householdId, from }) => householdId === id && from >= year(world.day) && from <= world.day).map(({ crop }) => crop),
  ]);
const engaged = (who: (world: World, id: string) => boolean): Figure => (world, lens) =>
  households(world, lens).filter((id) => who(world, id)).flatMap((subject) => {
    const products = engagedIn(world, subject, lens);
    const one = { subject, village: world.home(subject), value: 1 };
    return products.size === 0 ? [] : [one, ...[...products].map((product) => ({ ...one, group: `product=${product}` }))];
  });

const parcels = (world: World): string[] => ids(world.told.of('measures'), ({ parcelId }) => parcelId);
const parcel = (counts: (claims: ReturnType<World['claims']>) => boolean): Figure => (world, lens) =>
  parcels(world).map((subject) => {
    const land = world.parcel(subject);
    return { subject, village: land?.villageId, value: land && counts(world.claims(lens).filter(({ parcelId }) => parcelId === subject)) ? land.area : 0 };
  });
const sown: Figure = (world, lens) =>
  world.told.of('plantings').filter(({ from, crop }) => from <= world.day && fits(lens.crop, crop)).map(({ parcelId: subject, from: cohort, area }) => {
    const then = world.on(cohort);
    const claimed = then.claims(lens).some(({ parcelId }) => parcelId === subject);
    return { subject, village: then.parcel(subject)?.villageId, value: claimed ? area : 0, cohort };
  });

const cooperative = (counts: (world: World, id: string, lens: Lens) => boolean): Figure => (world, lens) =>
  ids(world.told.of('registrations'), ({ cooperativeId }) => cooperativeId)
    .filter((id) => world.sees(lens, id) && counts(world, id, lens))
    .map((subject) => ({ subject, village: world.seat(subject), value: 1 }));
const bonds = (world: World, id: string, lens: Lens) => world.chains(lens).filter(({ cooperativeId }) => cooperativeId === id);

const enterprises: Figure = (world, { through }) =>
  ids(world.told.of('enterprises'), ({ enterpriseId }) => enterpriseId).filter((id) => through.every((eyes) => eyes.enterprises.has(id))).flatMap((subject) => {
    const level = world.leads(subject);
    const one = { subject, village: world.enterprise(subject)?.villageId, value: 1 };
    return level === undefined ? [] : [one, { ...one, group: `level=${level}` }];
  });

interface Named {
  readonly cooperativeId: string;
  readonly enterpriseId: string;
  readonly crop: string;
}
const seen = ({ through, crop }: Lens) => (one: Named): boolean =>
  through.every(({ cooperatives, enterprises: firms }) => cooperatives.has(one.cooperativeId) || firms.has(one.enterpriseId)) && fits(crop, one.crop);
/** Contracts that were not called an error; only what was agreed in or delivered on one of them counts. */
const contracts = (world: World): Set<string> => new Set(world.told.of('contracts').map(({ factId }) => factId));
const dueLines = (world: World, lens: Lens) => world.told.of('lines').filter((one) => one.from <= world.day && one.due <= world.day && contracts(world).has(one.contractId) && seen(lens)(one));
const loads = (world: World, lens: Lens) => world.told.of('deliveries').filter((one) => one.from <= world.day && contracts(world).has(one.contractId) && seen(lens)(one));
const deliveredOn = (world: World, lens: Lens, line: string): number => loads(world, lens).filter(({ lineId }) => lineId === line).reduce((sum, { weight }) => sum + weight, 0);

type Line = ReturnType<typeof dueLines>[number];
const due = (value: (world: World, line: Line, lens: Lens) => number): Figure => (world, lens) =>
  dueLines(world, lens).map((line) => ({ subject: line.contractId, village: world.on(line.due).seat(line.cooperativeId), value: value(world, line, lens), cohort: line.due }));
const contract = (counts: (world: World, lines: readonly Line[], lens: Lens) => boolean): Figure => (world, lens) =>
  [...Map.groupBy(dueLines(world, lens), ({ contractId }) => contractId)].filter(([, lines]) => counts(world, lines, lens)).map(([subject, lines]) => {
    const last = lines.reduce((a, b) => (a.due > b.due ? a : b));
    return { subject, village: world.on(last.due).seat(last.cooperativeId), value: 1, cohort: last.due };
  });
const delivered: Figure = (world, lens) =>
  loads(world, lens).map(({ contractId: subject, cooperativeId, from: cohort, weight: value }) => ({ subject, village: world.on(cohort).seat(cooperativeId), value, cohort }));

const villages: Figure = (world, { through }) =>
  through.length > 0 ? [] : ids(world.told.of('regions'), ({ regionId }) => regionId)
    .filter((id) => world.latest(world.told.of('regions').filter(({ regionId }) => regionId === id))?.level === 'VILLAGE')
    .map((id) => ({ subject: id, village: id, value: 1 }));

/** Every figure in the words of the business: what counts, one by one. */
export const FIGURES: Readonly<Record<string, Figure>> = {
  'base-area': parcel((claims) => claims.length > 0),
  'conflict-area': parcel((claims) => new Set(claims.map(({ cooperativeId }) => cooperativeId)).size > 1),
  'sown-area': sown,
  'households-reached': household((world, id, lens) => +isBound(world, id, lens)),
  'farmers-reached': household((world, id, lens) => (isBound(world, id, lens) ? world.persons(id) : 0)),
  'engaged-households': engaged(() => true),
  'engaged-resident-households': engaged((world, id) => world.standing(id)?.resident ?? false),
  'closed-chain-households': household((world, id, lens) => +isChained(world, id, lens, false)),
  'contracted-chain-households': household((world, id, lens) => +isChained(world, id, lens, true)),
  households: household((world, id) => +(world.home(id) !== undefined)),
  'registered-persons': household((world, id) => world.persons(id)),
  'resident-households': household((world, id) => +(world.standing(id)?.resident ?? false)),
  'bound-resident-households': household((world, id, lens) => +((world.standing(id)?.resident ?? false) && isBound(world, id, lens))),
  'eligible-households': household((world, id) => +(world.standing(id)?.eligible ?? false)),
  'bound-eligible-households': household((world, id, lens) => +((world.standing(id)?.eligible ?? false) && isBound(world, id, lens))),
  cooperatives: cooperative((world, id) => world.isRegistered(id)),
  'operating-cooperatives': cooperative((world, id) => world.operatesNormally(id)),
  'bound-cooperatives': cooperative((world, id, lens) => world.operatesNormally(id) && bonds(world, id, lens).length > 0),
  'nominal-cooperatives': cooperative((world, id, lens) => world.isRegistered(id) && bonds(world, id, lens).length > 0 && !bonds(world, id, lens).some(({ enterpriseId }) => world.haveContract(id, enterpriseId))),
  enterprises,
  'contracted-quantity': due((_, { quantity }) => quantity),
  'contracted-area': due((_, { area }) => area),
  'fulfilled-quantity': due((world, { factId, quantity }, lens) => Math.min(quantity, deliveredOn(world, lens, factId))),
  'delivered-quantity': delivered,
  'contracts-due': contract(() => true),
  'contracts-fulfilled': contract((world, lines, lens) => lines.every(({ factId, quantity }) => deliveredOn(world, lens, factId) >= quantity * 0.95)),
  villages,
};
