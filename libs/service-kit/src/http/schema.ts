import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { ValidationTypes } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import type { ISchemaConverters } from 'class-validator-jsonschema/build/defaultConverters.js';
import type { Route } from '../manifest.js';

type Input = Route['to']['input'];
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly [more: string]: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A day is a day; that something may not be null needs no saying. */
const plain = ({ oneOf, not, ...rest }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const kept = isObject(not) && not.type !== 'null' ? { ...rest, not } : rest;
  if (!Array.isArray(oneOf)) return kept;
  return oneOf.some((one) => isObject(one) && one.format === 'date') ? { ...kept, format: 'date' } : { ...kept, oneOf };
};

const tidy = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(tidy);
  if (!isObject(schema)) return schema;
  return Object.fromEntries(Object.entries(plain(schema)).map(([name, value]) => [name, tidy(value)]));
};

/** A nested input stands where it is used: to refer to it by name, the library would describe every class there is, for every input. */
const nested: ISchemaConverters[string] = ({ target, propertyName }) =>
  typeof target === 'function' ? rulesOf(defaultMetadataStorage.findTypeMetadata(target, propertyName).typeFunction() as Input) : undefined;

const rulesOf = (input: Input): ReturnType<typeof targetConstructorToSchema> =>
  targetConstructorToSchema(input, { classTransformerMetadataStorage: defaultMetadataStorage as never, additionalConverters: { [ValidationTypes.NESTED_VALIDATION]: nested } });

/** The input of a command or question as JSON Schema: its rules, and the defaults its class gives. */
export const inputSchema = (input: Input): Schema & Required<Pick<Schema, 'properties' | 'required'>> => {
  const { properties = {}, required = [] } = tidy(rulesOf(input)) as Schema;
  const defaults = new input() as Readonly<Record<string, unknown>>;
  const withDefault = Object.entries(properties).map(([name, schema]) => [name, defaults[name] === undefined ? schema : { ...schema, default: defaults[name] }] as const);
  return { type: 'object', properties: Object.fromEntries(withDefault), required: required.filter((name) => defaults[name] === undefined) };
};

/** What an example shows of the shape of an answer. */
export const shapeOf = (example: unknown): Schema => {
  if (Array.isArray(example)) return { type: 'array', items: example.length > 0 ? shapeOf(example[0]) : {} };
  if (isObject(example)) return { type: 'object', properties: Object.fromEntries(Object.entries(example).map(([name, value]) => [name, shapeOf(value)])) };
  if (example === null) return { nullable: true };
  return { type: typeof example === 'number' && Number.isInteger(example) ? 'integer' : typeof example };
};
