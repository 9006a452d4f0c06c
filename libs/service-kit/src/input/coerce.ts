import 'reflect-metadata';
import type { InputClass } from '#decider';

type Raw = Readonly<Record<string, unknown>>;

const single = (value: string, type: unknown): unknown => {
  if (type === Number && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (type === Boolean && (value === 'true' || value === 'false')) return value === 'true';
  return type === Array ? [value] : value;
};

/**
 * A query string knows only texts: brings them to the declared type of each field. What does not fit is left as it is, for the
 * rules to refuse. (The transformer's own implicit conversion would read `false` as true.)
 */
export const coerce = <I>(input: InputClass<I>, raw: Raw): Raw => {
  const typeOf = (field: string): unknown => Reflect.getMetadata('design:type', input.prototype as object, field);
  return Object.fromEntries(Object.entries(raw).map(([field, value]) => [field, typeof value === 'string' ? single(value, typeOf(field)) : value]));
};
