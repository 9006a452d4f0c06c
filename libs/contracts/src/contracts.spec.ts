import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from '@sinclair/typebox';
import { defineEvent, EVENTS, FACTS, factOf, home, region } from './index.js';
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
    expect(breaches(lock, [])).toHaveLength(1);
    expect(breaches(lock, [defineEvent('Counted', v2)])).toHaveLength(1);
    expect(breaches(lock, [defineEvent('Counted', { ...v2, upcasts: { 1: ({ n }: { n: number }) => ({ m: n }) } })])).toEqual([]);
  });
});

function readLockOrNothing(): SchemaLock {
  try {
    return readLock();
  } catch {
    return {};
  }
}
