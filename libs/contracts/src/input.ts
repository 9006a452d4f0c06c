import 'reflect-metadata';
import { IsIn, IsInt, IsISO8601, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';

/** Field rules of command inputs, saying the same as the fields of the events they lead to. */
const all = (...rules: PropertyDecorator[]): PropertyDecorator => (target, key) => rules.forEach((rule) => rule(target, key));

/** An id as every event carries it. `each` for a list of them. */
export const IsId = (options: { each?: boolean } = {}): PropertyDecorator => Matches(/^[A-Za-z0-9._:-]{1,64}$/, options);
/** An id chosen by the caller for something new: shorter, as ids of what belongs to it are made from it. */
export const IsNewId = (): PropertyDecorator => Matches(/^[A-Za-z0-9._:-]{1,40}$/);
/** A calendar day that exists, `YYYY-MM-DD`, of the years 1900 to 2199: every other one is a slip of the pen. */
export const IsDay = (): PropertyDecorator =>
  all(Matches(/^(19|20|21)\d{2}-\d{2}-\d{2}$/, { message: '应为 1900–2199 年的日期(YYYY-MM-DD) / must be a day of the years 1900 to 2199, YYYY-MM-DD' }), IsISO8601({ strict: true }));
export const IsLabel = (options: { each?: boolean } = {}): PropertyDecorator => all(MinLength(1, options), MaxLength(100, options));
export const IsOneOf = (values: readonly string[]): PropertyDecorator => IsIn([...values]);
/** More than all land of the country, or a million tonnes: nothing real comes near, and a thousand such amounts still add up exactly. */
const MOST = 1_000_000_000_000;
/** Integer hundredths of a 亩, or integer grams; zero only where it says something. */
export const IsAmount = (least = 0): PropertyDecorator => all(IsInt(), Min(least), Max(MOST));
