/** Amounts of one measure by the number of the slot they stand in. */
export type Amounts = ReadonlyMap<number, number>;
/** Amounts of each measure of a profile, in its order. Unchanged amounts are the same object. */
export type Values = readonly Amounts[];
export const NO_AMOUNTS: Amounts = new Map();
const NO_VALUES: Values = [];

/** What is in force on a day, from values by change day. */
export class Steps {
  constructor(readonly days: readonly number[], readonly values: readonly Values[]) {}

  on(day: number): Values {
    let found = NO_VALUES;
    for (let i = 0; i < this.days.length && (this.days[i] as number) <= day; i += 1) found = this.values[i] as Values;
    return found;
  }

  /** The part that knowledge about later days leaves as it is. */
  before(day: number): { days: number[]; values: Values[] } {
    const count = this.days.filter((one) => one < day).length;
    return { days: this.days.slice(0, count), values: this.values.slice(0, count) };
  }
}

const differ = (found: Map<number, number>, now: Amounts, then: Amounts): void => {
  for (const [slot, value] of now) if (value !== (then.get(slot) ?? 0)) found.set(slot, value - (then.get(slot) ?? 0));
  for (const [slot, value] of then) if (!now.has(slot)) found.set(slot, -value);
};

const difference = (now: Values, then: Values): Amounts => {
  let found: Map<number, number> | undefined;
  for (let i = 0; i < Math.max(now.length, then.length); i += 1) {
    const [one, other] = [now[i] ?? NO_AMOUNTS, then[i] ?? NO_AMOUNTS];
    if (one !== other) differ((found ??= new Map<number, number>()), one, other);
  }
  return found ?? NO_AMOUNTS;
};

/** Goes through the days of some steps, each time up to a day. */
class Walk {
  private at = 0;

  constructor(private readonly steps: Steps) {}

  /** The next day there is. */
  get next(): number {
    return this.steps.days[this.at] ?? Infinity;
  }

  /** What is in force on a day, none of them earlier than the one before. */
  upTo(day: number): Values {
    while (this.next <= day) this.at += 1;
    return this.steps.values[this.at - 1] ?? NO_VALUES;
  }
}

/** Lines by which one state of knowledge differs from the one before, from a day on. */
export const linesBetween = (before: Steps, after: Steps, from: number): [slot: number, day: number, delta: number][] => {
  const [old, young] = [new Walk(before), new Walk(after)];
  const lines: [number, number, number][] = [];
  let last = NO_AMOUNTS;
  for (const walk of [old, young]) walk.upTo(from - 1);
  for (let day = Math.min(old.next, young.next); day < Infinity; day = Math.min(old.next, young.next)) {
    const now = difference(young.upTo(day), old.upTo(day));
    if (now === last) continue;
    const changed = new Map<number, number>();
    differ(changed, now, last);
    for (const [slot, delta] of changed) lines.push([slot, day, delta]);
    last = now;
  }
  return lines;
};
