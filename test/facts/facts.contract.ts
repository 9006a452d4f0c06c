import { EVENTS, FACTS } from '#contracts';
import { openDatabase } from '#postgres';
import { type Case, CASES, FIRST, line, RIGHT } from './cases.js';
import { END, ENDS } from './ends.js';
import { close, databaseOf, give, giveAll, HEZHONG, type Item, items, open, OURS } from './world.js';

const ON = { before: '2022-02-28', between: '2022-04-01', after: '2022-06-01' } as const;

beforeAll(() => open(), 180_000);
afterAll(close, 60_000);

const seenOn = async ({ seen }: Pick<Case, 'seen'>, days: Readonly<Record<'before' | 'between' | 'after', string>>): Promise<boolean[]> => [await seen(days.before), await seen(days.between), await seen(days.after)];

describe('A dated fact is entered late, corrected, and voided as an error', () => {
  test.each(Object.entries(CASES))('%s', async (_kind, one) => {
    expect(await seenOn(one, ON)).toEqual([false, false, false]);
    await giveAll(one.enter);
    expect(await seenOn(one, ON)).toEqual([false, true, true]);
    await give(one.correct);
    expect(await seenOn(one, ON)).toEqual([false, false, true]);
    await give(one.void);
    expect(await seenOn(one, ON)).toEqual([false, false, false]);
  }, 60_000);

  test('line: added by a late amendment, amended again, dropped', async () => {
    const grapes = async (): Promise<unknown[]> => (await items('/enterprise/contracts?id=o-2')).flatMap(({ lines }) => lines as Item[]).filter(({ crop }) => crop === '葡萄').map(({ quantity, agreedOn }) => [quantity, agreedOn]);
    await give(['/enterprise/contracts/o-2/amend', { on: FIRST, add: [{ ...line, id: 'o-2.2', crop: '葡萄' }] }]);
    expect(await grapes()).toEqual([[100_000_000, FIRST]]);
    await give(['/enterprise/contracts/o-2/amend', { on: RIGHT, amend: [{ lineId: 'o-2.2', quantity: 80, unit: 't' }] }]);
    expect(await grapes()).toEqual([[80_000_000, FIRST]]);
    await give(['/enterprise/contracts/o-2/amend', { on: RIGHT, drop: ['o-2.2'] }]);
    expect(await grapes()).toEqual([]);
  }, 60_000);
});

describe('An end is entered late, corrected, and taken back', () => {
  test.each(Object.entries(ENDS))('%s', async (_kind, one) => {
    await giveAll(one.begin);
    expect(await seenOn(one, END)).toEqual([true, true, true]);
    await give(one.end);
    expect(await seenOn(one, END)).toEqual([true, false, false]);
    await give(one.correct);
    expect(await seenOn(one, END)).toEqual([true, true, false]);
    await give(one.void);
    expect(await seenOn(one, END)).toEqual([true, true, true]);
  }, 60_000);
});

describe('Nothing is left out', () => {
  const kinds = FACTS.filter(({ service }) => OURS.includes(service));

  test('every kind of fact is among these', () => expect([...Object.keys(CASES), 'line'].sort()).toEqual(kinds.map(({ kind }) => kind).sort()));

  test('every event about a fact can be brought about through a door', async () => {
    await give(['/farmer/households/h-a/split', { newHouseholdId: 'h-d', personIds: ['p-1'], validFrom: '2022-06-01' }]);
    await give(['/farmer/persons/p-2/leave', { validFrom: '2022-04-01' }]);
    await give(['/farmer/persons/p-3/die', { validFrom: '2022-04-01' }]);
    await give([`/farmer/regions/${HEZHONG}/recode`, { code: '410308104009', validFrom: '2022-06-01' }]);
    const types = new Set<string>();
    for (const name of OURS) {
      const database = openDatabase(await databaseOf(name));
      for (const { type } of (await database.query<{ type: string }>('select distinct type from es.events')).rows) types.add(type);
      await database.close();
    }
    const wanted = [...EVENTS.keys()].filter((type) => kinds.some(({ effects }) => type in effects));
    expect(wanted.filter((type) => !types.has(type))).toEqual([]);
  }, 60_000);
});
