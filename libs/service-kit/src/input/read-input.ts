import type { InputClass } from '#decider';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validate, type ValidationError } from 'class-validator';
import { Problem, type FieldProblem } from '../problem.js';
import { reason } from './reasons.js';
import { illFormed } from './well-formed.js';

const RULES = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false, stopAtFirstError: false };

/** The reasons of every field, nested ones by their path. */
const problems = (errors: readonly ValidationError[], above = ''): FieldProblem[] =>
  errors.flatMap(({ property, constraints, children }) => {
    const field = /^\d+$/.test(property) ? `${above}[${property}]` : above ? `${above}.${property}` : property;
    const own = Object.entries(constraints ?? {}).map(([rule, message]) => ({ field, rule, text: reason(rule, message) }));
    return [...own, ...problems(children ?? [], field)];
  });

const malformed = (errors: readonly FieldProblem[]): Problem => new Problem('malformed', { errors });

/** A field that is null was left out: whoever sends it has nothing to say there. */
const given = (raw: object): object => Object.fromEntries(Object.entries(raw).filter(([, one]) => one !== null));

/** The same in what is declared below; an object without a class of its own is taken as it is. */
const withoutNulls = (value: unknown): void => {
  if (Array.isArray(value)) value.forEach(withoutNulls);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) === Object.prototype) return;
  for (const [name, one] of Object.entries(value)) {
    if (one === null) delete (value as Record<string, unknown>)[name];
    else withoutNulls(one);
  }
};

const known = new WeakMap<InputClass<unknown>, boolean>();
/** Classes have their rules when they are declared; the library goes through all of them anew whenever it is asked. */
const withoutRules = (input: InputClass<unknown>): boolean => {
  let answer = known.get(input);
  if (answer === undefined) known.set(input, (answer = getMetadataStorage().getTargetValidationMetadatas(input, '', true, false).length === 0));
  return answer;
};

/**
 * The input as its class declares it, for HTTP, imports and automations alike.
 * @throws Problem 'malformed' with the reason of every field; fields that are not declared are refused too
 */
export const readInput = async <I>(input: InputClass<I>, raw: unknown): Promise<I> => {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw malformed([{ field: '', rule: 'isObject', text: { zh: '应为 JSON 对象', en: 'must be a JSON object' } }]);
  }
  const broken = illFormed(raw).map((field) => ({ field, rule: 'isWellFormed', text: { zh: '含有控制字符或残缺的字符', en: 'holds control characters or half a character' } }));
  if (broken.length > 0) throw malformed(broken);
  if (withoutRules(input)) {
    const unknown = Object.keys(raw).map((field) => ({ field, rule: 'whitelistValidation', text: reason('whitelistValidation', `property ${field} should not exist`) }));
    if (unknown.length > 0) throw malformed(unknown);
    return new input();
  }
  const read = plainToInstance(input, given(raw), { exposeDefaultValues: true });
  withoutNulls(read);
  const errors = await validate(read as object, RULES);
  if (errors.length > 0) throw malformed(problems(errors));
  return read;
};
