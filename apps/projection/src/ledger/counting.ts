import type { Day } from './day.js';
import { admitted, nextYear, startOfYear } from './known.js';
import type { Version } from './types.js';

const registeredCooperatives = (day: Day): ReadonlySet<string> => new Set(day.of('registration').map((fact) => fact.attributes.cooperativeId ?? ''));
export const registered = (day: Day): ReadonlySet<string> => day.once(registeredCooperatives);

const countingBindings = (day: Day): readonly Version[] => day.of('binding').filter((binding) => admitted(binding) && registered(day).has(binding.attributes.cooperativeId ?? ''));
/** 有效绑定: in force, admitted, and the cooperative registered. */
export const counting = (day: Day): readonly Version[] => day.once(countingBindings);

const countingClaims = (day: Day): readonly Version[] => {
  const bindings = new Set(counting(day).map((binding) => binding.key));
  return day.of('claim').filter((claim) => bindings.has(claim.attributes.bindingId ?? ''));
};
/** Claims in force whose binding counts. */
export const claims = (day: Day): readonly Version[] => day.once(countingClaims);

const registeredEnterprises = (day: Day): ReadonlySet<string> => new Set(day.of('enterprise').map((fact) => fact.attributes.enterpriseId ?? ''));
/** A recognition leads while its enterprise is registered: a dissolution is not written onto it. */
export const leading = (day: Day): readonly Version[] => day.of('recognition').filter((fact) => day.once(registeredEnterprises).has(fact.attributes.enterpriseId ?? ''));
const recognitions = (day: Day): ReadonlyMap<string, Version> => new Map(leading(day).map((fact) => [fact.attributes.enterpriseId ?? '', fact]));
const recognisedLinks = (day: Day): readonly Version[] => day.of('link').filter((link) => day.once(recognitions).has(link.attributes.enterpriseId ?? ''));
/** 合作社绑定龙头企业 with an enterprise that is recognised on that day. */
export const chainLinks = (day: Day): readonly Version[] => day.once(recognisedLinks);
export const recognitionOf = (day: Day, link: Version): Version | undefined => day.once(recognitions).get(link.attributes.enterpriseId ?? '');

/** A chain household → cooperative → recognised enterprise, or null: the facts that close it. */
const closedChain = (day: Day): readonly Version[] | null => {
  for (const link of chainLinks(day)) {
    const binding = counting(day).find((one) => one.attributes.cooperativeId === link.attributes.cooperativeId);
    const recognition = recognitionOf(day, link);
    if (binding && recognition) return [binding, link, recognition];
  }
  return null;
};
export const chain = (day: Day): readonly Version[] | null => day.once(closedChain);

/** Contracts between the two whose period meets the calendar year of the day. */
export const contractOf = (day: Day, link: Version): Version | undefined =>
  day.all('contract').find((contract) =>
    contract.attributes.cooperativeId === link.attributes.cooperativeId && contract.attributes.enterpriseId === link.attributes.enterpriseId &&
    contract.from < nextYear(day.day) && contract.to > startOfYear(day.day));

const contracted = (day: Day): readonly Version[] | null => {
  for (const link of chainLinks(day)) {
    const binding = counting(day).find((one) => one.attributes.cooperativeId === link.attributes.cooperativeId);
    const contract = binding && contractOf(day, link);
    const recognition = recognitionOf(day, link);
    if (binding && contract && recognition) return [binding, link, recognition, contract];
  }
  return null;
};
export const contractedChain = (day: Day): readonly Version[] | null => day.once(contracted);

const membersOf = (day: Day): readonly Version[] => day.of('member').filter((member) => member.attributes.householdId === day.subject.id);
/** Persons whose series points at this household. */
export const members = (day: Day): readonly Version[] => day.once(membersOf);

type Engagement = readonly [product: string | undefined, ...facts: Version[]];
const landEngagements = (day: Day): Engagement[] => {
  const sown = day.of('planting').filter((planting) => planting.from >= startOfYear(day.day));
  const own = [...claims(day), ...sown].filter(({ attributes }) => attributes.householdId === day.subject.id);
  return own.map((fact) => [fact.attributes.crop, fact]);
};
const labourEngagements = (day: Day): Engagement[] =>
  counting(day).filter(({ attributes }) => attributes.linkage === 'LABOUR').flatMap((binding): Engagement[] => {
    const made = day.of('products').find((fact) => fact.attributes.cooperativeId === binding.attributes.cooperativeId);
    return made?.attributes.products?.map((product): Engagement => [product, binding, made]) ?? [];
  });

/**
 * Products a household is engaged in, each with the facts that say so: a counting binding that claims land for it, a counting
 * labour binding to a cooperative that makes it, or a planting of it in this calendar year.
 */
const engagements = (day: Day): ReadonlyMap<string, readonly Version[]> => {
  const found = new Map<string, Version[]>();
  for (const [product, ...facts] of [...landEngagements(day), ...labourEngagements(day)]) {
    if (product !== undefined) found.set(product, [...(found.get(product) ?? []), ...facts]);
  }
  return found;
};
export const engaged = (day: Day): ReadonlyMap<string, readonly Version[]> => day.once(engagements);

const standingOf = (day: Day) => day.of('standing')[0];
export const resident = (day: Day): Version | null => (standingOf(day)?.attributes.resident ? (standingOf(day) as Version) : null);
export const eligible = (day: Day): Version | null => (standingOf(day)?.attributes.eligible ? (standingOf(day) as Version) : null);

/** 正常经营: registered, and normal unless stated otherwise. */
export const operating = (day: Day): readonly Version[] | null => {
  const registration = day.of('registration')[0];
  const operation = day.of('operation')[0];
  if (!registration || (operation && operation.attributes.operation !== 'NORMAL')) return null;
  return operation ? [registration, operation] : [registration];
};

interface DueLine {
  readonly line: Version;
  readonly due: number;
  /** Grams delivered against it up to the day. */
  readonly delivered: number;
  readonly by: readonly Version[];
}
const standingContracts = (day: Day): ReadonlySet<string> => new Set(day.all('contract').map((contract) => contract.key));
/** Of a contract that was not voided: what was agreed in one or delivered on it counts no longer than it stands. */
export const ofStandingContract = (day: Day, { attributes }: Version): boolean => day.once(standingContracts).has(attributes.contractId ?? '');

/** Loads delivered by that day. */
export const loads = (day: Day): readonly Version[] => day.of('delivery').filter((delivery) => ofStandingContract(day, delivery));

const linesDue = (day: Day): readonly DueLine[] =>
  day.of('line').filter((line) => line.due !== null && line.due <= day.day && ofStandingContract(day, line)).map((line) => {
    const by = loads(day).filter((delivery) => delivery.attributes.lineId === line.attributes.lineId);
    return { line, due: line.due as number, delivered: by.reduce((sum, delivery) => sum + (delivery.attributes.weight ?? 0), 0), by };
  });
/** Contract lines that have fallen due, of contracts that were not voided. */
export const dueLines = (day: Day): readonly DueLine[] => day.once(linesDue);
export const lastDue = (lines: readonly DueLine[]): number => Math.max(...lines.map(({ due }) => due));
