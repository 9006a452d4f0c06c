import { addDays, creditCheckCharacter, organisationCheckCharacter } from '#standards';
import type { FactVersion } from '#contracts';
import { DAYS } from './calendar.js';
import { standingFacts } from './known-facts.js';
import type { Office } from './office.js';

type Fact = FactVersion<Record<string, unknown>>;

/** What one deed is made of: numbers that choose among whatever is there, so that any numbers tell a possible story. */
export class Draw {
  private used = 0;

  constructor(
    private readonly numbers: readonly number[],
    private readonly office: Office,
    /** How many deeds came before: makes ids of what is new. */
    readonly turn: number,
  ) {}

  number(below: number): number {
    const number = this.numbers[this.used % this.numbers.length] ?? 0;
    this.used += 1;
    return number % below;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.number(list.length)] as T;
  }

  chance(outOf: number): boolean {
    return this.number(outOf) === 0;
  }

  day(): string {
    return this.pick(DAYS);
  }

  /** A day early enough that most of what happens comes later. */
  earlyDay(): string {
    return DAYS[this.number(12)] as string;
  }

  /** The last day of a period that begins on `from` or so. */
  lastDay(from: string): string {
    return addDays(this.pick(DAYS.filter((day) => day > from).concat('2023-03-01')), -this.number(2));
  }

  /** Any fact of this kind that stands; undefined when there is none. */
  fact(kind: string, fits: (fact: Fact) => boolean = () => true): Fact | undefined {
    const facts = standingFacts(this.office.events, kind).filter(fits);
    return facts.length > 0 ? this.pick(facts) : undefined;
  }

  /** Id of a subject of this kind of fact that stands. */
  subject(kind: string, fits?: (fact: Fact) => boolean): string {
    return this.fact(kind, fits)?.subject ?? 'none';
  }

  village(): string {
    return this.subject('region', ({ attributes }) => attributes.level === 'VILLAGE');
  }
}

/** A credit code that is right, for the n-th organisation: 93 of a cooperative, 91 of an enterprise. */
export const creditCode = (prefix: '91' | '93', n: number): string => {
  const body = `XX${String(n).padStart(6, '0')}`;
  const most = `${prefix}410308${body}${organisationCheckCharacter(body)}`;
  return `${most}${creditCheckCharacter(most)}`;
};
