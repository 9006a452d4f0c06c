import { IsOneOf } from '#contracts';
import { weightFrom, type WeightUnit } from '#standards';
import { IsNumber, IsOptional, Max, Min } from 'class-validator';

const UNITS = { g: '克', jin: '斤', kg: '公斤', t: '吨' } as const satisfies Record<string, WeightUnit>;
export type Unit = keyof typeof UNITS;
const all = (...rules: PropertyDecorator[]): PropertyDecorator => (target, key) => rules.forEach((rule) => rule(target, key));

export const IsUnit = (): PropertyDecorator => all(IsOptional(), IsOneOf(Object.keys(UNITS)));
/** A weight in its unit, with up to six decimals. */
export const IsWeighed = (): PropertyDecorator => all(IsNumber({ maxDecimalPlaces: 6 }), Min(0), Max(1e12));

/** `grams(100, 't')` → 100 000 000; grams when no unit is said. Half-up, once. */
export const grams = (amount: number, unit: Unit = 'g'): number => weightFrom(amount.toFixed(6), UNITS[unit]);
