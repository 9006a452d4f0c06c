import type { Draw } from '../draw.js';
import { order, sometimes, type Weighted } from './deed.js';

const named = (draw: Draw, n: number): object => ({ personId: `p-${draw.turn}.${n}`, name: `测试${draw.turn}.${n}` });
const statement = (draw: Draw, kind: string, names: readonly [subject: string, statement: string], change: object = {}): object => {
  const fact = draw.fact(kind);
  return { [names[0]]: fact?.subject ?? 'none', [names[1]]: fact?.key ?? 'none', ...change };
};
const home = ['householdId', 'homeId'] as const;
const standing = ['householdId', 'standingId'] as const;
const placement = ['personId', 'placementId'] as const;

const split = (draw: Draw) => {
  const member = draw.fact('member', ({ attributes }) => attributes.householdId !== null);
  const into = draw.chance(2) ? { villageId: draw.village() } : {};
  return order('split-household', { householdId: member?.attributes.householdId ?? 'none', newHouseholdId: `h-${draw.turn}`, personIds: [member?.subject ?? 'none'], validFrom: draw.day(), ...into });
};

/** Households and persons: registration late and early, births, moves, splits, deaths, and what was entered wrongly. */
export const PEOPLE: readonly Weighted[] = [
  [3, (draw) => order('register-household', { householdId: `h-${draw.turn}`, villageId: draw.village(), resident: draw.chance(2), eligible: draw.chance(2), validFrom: draw.earlyDay(), persons: [named(draw, 1), named(draw, 2)] })],
  [4, (draw) => order('move-household', { householdId: draw.subject('home'), villageId: draw.village(), validFrom: draw.day() })],
  [4, split],
  [2, (draw) => order('state-standing', { householdId: draw.subject('home'), ...sometimes(draw, { resident: () => draw.chance(2), eligible: () => draw.chance(2) }), validFrom: draw.day() })],
  [2, (draw) => order('correct-home', statement(draw, 'home', home, sometimes(draw, { villageId: () => draw.village(), validFrom: () => draw.day() })))],
  [2, (draw) => order('void-home', statement(draw, 'home', home))],
  [1, (draw) => order('correct-standing', statement(draw, 'standing', standing, sometimes(draw, { resident: () => draw.chance(2), validFrom: () => draw.day() })))],
  [1, (draw) => order('void-standing', statement(draw, 'standing', standing))],
  [3, (draw) => order('register-person', { ...named(draw, 0), householdId: draw.subject('home'), validFrom: draw.day() })],
  [4, (draw) => order('move-person', { personId: draw.subject('member'), householdId: draw.subject('home'), validFrom: draw.day() })],
  [2, (draw) => order('record-death', { personId: draw.subject('member'), validFrom: draw.day() })],
  [1, (draw) => order('record-leaving', { personId: draw.subject('member'), validFrom: draw.day() })],
  [3, (draw) => order('correct-placement', statement(draw, 'member', placement, sometimes(draw, { householdId: () => draw.subject('home'), validFrom: () => draw.day() })))],
  [2, (draw) => order('void-placement', statement(draw, 'member', placement))],
  [1, (draw) => order('void-person', { personId: draw.subject('member') })],
];
