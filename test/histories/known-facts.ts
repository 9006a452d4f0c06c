import { factKindOf, factOf, type FactVersion } from '#contracts';
import type { Need, Needs, RecordedEvent } from '#decider';

/** A need that no local view could answer. */
export class NotKnown {
  constructor(readonly need: Need<unknown>) {}
}

type Fact = FactVersion<Record<string, unknown>>;

/** The facts of one kind as they stand after these events, without those called errors. */
export const standingFacts = (events: readonly RecordedEvent[], kind: string): Fact[] => {
  const found = new Map<string, Fact>();
  for (const event of events) {
    const fact = factKindOf(event.type)?.kind === kind && factOf(event);
    if (fact) found.set(fact.key, fact);
  }
  return [...found.values()].filter(({ voided }) => !voided);
};

const latest = (facts: readonly Fact[], subject: string): Fact | undefined => facts.filter((fact) => fact.subject === subject).sort((a, b) => b.from.localeCompare(a.from))[0];

type Answer = (id: string, events: readonly RecordedEvent[]) => unknown;
const placed = (kind: string): Answer => (id, events) => latest(standingFacts(events, kind), id)?.attributes;
const period = (kind: string): Answer => (id, events) => {
  const [fact] = standingFacts(events, kind).filter(({ subject }) => subject === id);
  return fact && { ...fact.attributes, from: fact.from, to: fact.to };
};
const withSeat: Answer = (id, events) => {
  const found = period('registration')(id, events) as object | undefined;
  return found && { ...found, villageId: latest(standingFacts(events, 'seat'), id)?.attributes.villageId ?? null };
};
const codeHolders: Answer = (code, events) => {
  const byRegion = Map.groupBy(standingFacts(events, 'region'), ({ subject }) => subject);
  const held = [...byRegion.values()].flatMap((facts) => {
    const inOrder = facts.sort((a, b) => a.from.localeCompare(b.from));
    return inOrder.map((fact, i) => ({ code: fact.attributes.code, regionId: fact.subject, from: fact.from, to: inOrder[i + 1]?.from ?? null }));
  });
  const found = held.filter((one) => one.code === code);
  return found.length > 0 ? found : undefined;
};

/** What the local views of the services answer, here at once and from the events themselves. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  'farmer/village': placed('region'),
  'farmer/region-code': codeHolders,
  'farmer/household': placed('home'),
  'cooperative/household': placed('home'),
  'cooperative/parcel': placed('land'),
  'cooperative/village': placed('region'),
  'cooperative/cooperative': period('registration'),
  'enterprise/village': placed('region'),
  'enterprise/cooperative': withSeat,
  'enterprise/enterprise': period('enterprise'),
};

/** The facts a command needs, by the names it gives them; the first need that nothing answers, if there is one. */
export const answersTo = (service: string, needs: Needs, events: readonly RecordedEvent[]): Record<string, unknown> | NotKnown => {
  let missing: NotKnown | undefined;
  const answer = (one: Need<unknown>): unknown => {
    const found = ANSWERS[`${service}/${one.kind}`];
    if (!found) throw new Error(`${service} asks for ${one.kind}, which nothing answers here`);
    const value = found(one.id, events) ?? null;
    if (value === null && !one.optional) missing ??= new NotKnown(one);
    return value;
  };
  const all = Object.entries(needs).map(([name, need]) => [name, Array.isArray(need) ? need.map(answer) : answer(need as Need<unknown>)]);
  return missing ?? Object.fromEntries(all);
};
