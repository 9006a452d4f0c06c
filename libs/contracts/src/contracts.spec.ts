import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from '@sinclair/typebox';
import * as language from './index.js';
import { defineEvent, EVENTS, FACTS, factOf, home, region, upcast, type EventDefinition, type FactKind } from './index.js';
import { breaches, lockOf, type SchemaLock } from './schema-lock.js';

const lockFile = join(process.cwd(), 'libs/contracts/schema.lock.json');
const readLock = () => JSON.parse(readFileSync(lockFile, 'utf8')) as SchemaLock;
const all = [...EVENTS.values()];

describe('The published language', () => {
  test.each(all.map((event) => [event.type, event] as const))('%s has an example that its schema accepts', (_, event) => {
    expect(event.problem(event.example)).toBeNull();
  });

  test('an event with an unknown field is refused with the place and the reason', () => {
    expect(home.events.HouseholdMoved.problem({ ...home.events.HouseholdMoved.example, name: '张三' })).toMatch(/HouseholdMoved\/name/);
  });

  test('an event states its fact as it now stands', () => {
    const event = home.events.HouseholdMoved.of({ factId: 'f', from: '2022-09-01', householdId: 'h', villageId: 'v' }, '2022-09-01');
    expect(factOf(event)).toEqual({ kind: 'home', key: 'f', subject: 'h', from: '2022-09-01', to: null, voided: false, attributes: { householdId: 'h', villageId: 'v' } });
  });

  test('a voiding event says that its fact never was', () => {
    expect(factOf(region.events.RegionStatementVoided.of(region.events.VillageRenamed.example, '2022-01-01'))?.voided).toBe(true);
  });

  test('an event type belongs to one kind of fact only', () => {
    const types = FACTS.flatMap((fact) => Object.keys(fact.events));
    expect(new Set(types).size).toBe(types.length);
  });
});

describe('The catalogue', () => {
  const isEvent = (value: unknown): value is EventDefinition => typeof value === 'object' && value !== null && 'upcasts' in value && 'problem' in value;
  const isFact = (value: unknown): value is FactKind => typeof value === 'object' && value !== null && 'effects' in value && 'shape' in value;
  const defined = Object.values(language as Readonly<Record<string, unknown>>);

  test('names every kind of fact and every event that is defined', () => {
    expect(defined.filter(isFact).filter((fact) => !FACTS.includes(fact))).toEqual([]);
    expect([...defined.filter(isFact).flatMap((fact) => Object.values(fact.events)), ...defined.filter(isEvent)].filter((event) => EVENTS.get(event.type) !== event).map((event) => event.type)).toEqual([]);
  });
  test('names every event of a service that is one', () => expect(all.filter(({ service }) => !(language.SERVICES as readonly string[]).includes(service))).toEqual([]));
});

describe('The schema lock', () => {
  test('no published version has changed or vanished (UPDATE_SCHEMA_LOCK=1 adds new ones)', () => {
    if (process.env.UPDATE_SCHEMA_LOCK) writeFileSync(lockFile, `${JSON.stringify({ ...lockOf(all), ...readLockOrNothing() }, null, 1)}\n`);
    expect(breaches(readLock(), all)).toEqual([]);
  });

  test('every event of today is in the lock', () => {
    expect(Object.keys(lockOf(all)).filter((key) => !(key in readLock()))).toEqual([]);
  });

  const v1 = defineEvent('Counted', { service: 'farmer', data: { n: Type.Number() }, example: { n: 1 } });
  const lock = lockOf([v1]);

  test('a changed version is a breach', () => {
    expect(breaches(lock, [defineEvent('Counted', { service: 'farmer', data: { n: Type.String() }, example: { n: '1' } })])).toHaveLength(1);
  });

  test('a vanished version is a breach, unless an upcaster leads on from it', () => {
    const v2 = { service: 'farmer', version: 2, data: { m: Type.Number() }, example: { m: 1 } } as const;
    const led = defineEvent('Counted', { ...v2, upcasts: { 1: ({ n }: { n: number }) => ({ m: n }) } });
    expect(breaches(lock, [])).toHaveLength(1);
    expect(breaches(lock, [{ ...led, upcasts: {} }])).toHaveLength(1);
    expect(breaches(lock, [led])).toEqual([]);
  });
});

describe('A later version of an event', () => {
  const step1 = ({ n }: { n: number }) => ({ m: n });
  const step2 = ({ m }: { m: number }) => ({ k: String(m) });
  const v3 = { service: 'farmer', version: 3, data: { k: Type.String() }, example: { k: '1' } } as const;

  test.each([['any', {}, 1], ['the first', { 2: step2 }, 1], ['the second', { 1: step1 }, 2]])('is refused without %s of its upcasters', (_, upcasts, missing) =>
    expect(() => defineEvent('Counted', { ...v3, upcasts })).toThrow(`Counted@3 brings no upcaster from version ${missing}`));

  test('is what older data become, step by step', () => {
    const events = new Map([['Counted', defineEvent('Counted', { ...v3, upcasts: { 1: step1, 2: step2 } })]]);
    expect([upcast('Counted', 1, { n: 5 }, events), upcast('Counted', 2, { m: 5 }, events), upcast('Counted', 3, { k: '5' }, events)]).toEqual(Array(3).fill({ schemaVersion: 3, data: { k: '5' } }));
    expect(events.get('Counted')?.problem(upcast('Counted', 1, { n: 5 }, events).data)).toBeNull();
  });

  test('of a later process, or of another product, stays as it is', () => {
    expect(upcast('HouseholdMoved', 99, { a: 1 })).toEqual({ schemaVersion: 99, data: { a: 1 } });
    expect(upcast('Unheard', 1, { a: 1 })).toEqual({ schemaVersion: 1, data: { a: 1 } });
  });
});

function readLockOrNothing(): SchemaLock {
  try {
    return readLock();
  } catch {
    return {};
  }
}
