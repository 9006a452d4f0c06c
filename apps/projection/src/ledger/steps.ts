/** Amounts by the name of what they count. */
export type Values = ReadonlyMap<string, number>;
const NOTHING: Values = new Map();

/** What is in force on a day, from values by change day. */
export class Steps {
  constructor(readonly days: readonly number[], readonly values: readonly Values[]) {}

  on(day: number): Values {
    let found = NOTHING;
    for (let i = 0; i < this.days.length && (this.days[i] as number) <= day; i += 1) found = this.values[i] as Values;
    return found;
  }

  /** The part that knowledge about later days leaves as it is. */
  before(day: number): { days: number[]; values: Values[] } {
    const count = this.days.filter((one) => one < day).length;
    return { days: this.days.slice(0, count), values: this.values.slice(0, count) };
  }
}

const difference = (now: Values, then: Values): Values => {
  const found = new Map<string, number>();
  for (const [name, value] of now) if (value !== (then.get(name) ?? 0)) found.set(name, value - (then.get(name) ?? 0));
  for (const [name, value] of then) if (!now.has(name)) found.set(name, -value);
  return found;
};

/** Lines by which one state of knowledge differs from the one before, from a day on. */
export const linesBetween = (before: Steps, after: Steps, from: number): [string, number, number][] => {
  const days = [...new Set([...before.days, ...after.days])].filter((day) => day >= from).sort((a, b) => a - b);
  const lines: [string, number, number][] = [];
  let last = NOTHING;
  for (const day of days) {
    const now = difference(after.on(day), before.on(day));
    for (const [name, delta] of difference(now, last)) lines.push([name, day, delta]);
    last = now;
  }
  return lines;
};
