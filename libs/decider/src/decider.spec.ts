import { decide, defineAutomation, defineCommand, defineStream, defineView, emit, fill, given, isRefusal, need, wish, type DomainEvent } from './index.js';

interface Opened {
  limit: number;
}
const opened = (limit: number): DomainEvent<'Opened', Opened> => ({ type: 'Opened', schemaVersion: 1, occurredOn: '2022-07-18', data: { limit } });
const taken = (n: number, on = '2022-07-18'): DomainEvent<'Taken', { n: number }> => ({ type: 'Taken', schemaVersion: 1, occurredOn: on, data: { n } });

const store = defineStream<{ left: number }, DomainEvent<'Opened', Opened> | DomainEvent<'Taken', { n: number }>>({
  name: 'store',
  initial: { left: 0 },
  evolve: (state, event) => ({ left: event.type === 'Opened' ? event.data.limit : state.left - event.data.n }),
});

class Take {
  from: string;
  n: number;
}
const take = defineCommand({
  name: 'take',
  title: { zh: '领取', en: 'Take' },
  input: Take,
  example: { from: 's1', n: 1 },
  may: { roles: [] },
  streams: (input) => ({ store: store.at(input.from) }),
  needs: () => ({ price: need<number>('price', 'today') }),
  refusals: { 'not-enough': { zh: '只剩 {left}', en: 'only {left} left' } },
  decide: ({ input, states, facts, today, refuse }) => {
    if (input.n * facts.price > states.store.state.left) return refuse('not-enough', { left: states.store.state.left });
    return input.n === 0 ? [] : emit(states.store, taken(input.n, today));
  },
});

describe('A decision', () => {
  const history = given().events(store.at('s1'), opened(5), taken(1)).facts({ price: 1 });

  test('folds the history of its stream and emits what follows', () => history.when(take, { from: 's1', n: 4 }).emits(taken(4)));
  test('takes the day from the clock it is given, in Shanghai', () =>
    history.when(take, { from: 's1', n: 1 }, { now: Date.parse('2022-07-18T16:30:00Z') }).emits(taken(1, '2022-07-19')));
  test('is refused with one of its own codes', () => history.when(take, { from: 's1', n: 5 }).rejects('not-enough'));
  test('uses the facts it asked for', () => history.facts({ price: 3 }).when(take, { from: 's1', n: 2 }).rejects('not-enough'));
  test('may find nothing to do', () => history.when(take, { from: 's1', n: 0 }).emits());
  test('names the stream of each event', () => history.when(take, { from: 's1', n: 1 }).emits(['store-s1', taken(1)]));

  test('a refusal is a value with its details', () => {
    const state = { ref: store.at('s1'), version: 1, state: { left: 2 } };
    const result = decide(take, { input: { from: 's1', n: 9 }, states: { store: state }, facts: { price: 1 }, now: 0, today: '2022-07-18', actor: 'a', roles: [] });
    expect(isRefusal(result) && fill(take.refusals[result.code].zh, result.details)).toBe('只剩 2');
  });

  test('may load what the state of another stream points at', () => {
    const through = defineCommand({
      ...take,
      streams: (input: Take, known) => ({ store: store.at(`s${known(store.at(input.from))?.left ?? 0}`), pointer: store.at(input.from) }),
    });
    history.events(store.at('p'), opened(1)).when(through, { from: 'p', n: 2 }).emits(['store-s1', taken(2)]);
  });

  test('a newborn stream can lie near another', () => {
    expect(store.at('s2', 'store-s1').laneKey).toBe('store-s1');
    expect(store.at('s2').laneKey).toBe('store-s2');
  });
});

describe('Refusals', () => {
  const history = given().events(store.at('s1'), opened(5)).facts({ price: 1 });

  test('of a code that the command does not declare do not compile, neither in the decision nor in its test', () => {
    // @ts-expect-error -- not one of the codes of this command
    expect(() => history.when(take, { from: 's1', n: 9 }).rejects('too-late')).toThrow();
    // @ts-expect-error -- not one of the codes of this command
    const late = defineCommand({ ...take, decide: ({ refuse }) => refuse('too-late') });
    expect(late.name).toBe('take');
  });
});

describe('given().when()', () => {
  const history = given().events(store.at('s1'), opened(5)).facts({ price: 1 });
  const four = () => history.when(take, { from: 's1', n: 4 });

  test.each([['another event', [taken(3)]], ['one too many', [taken(4), taken(1)]], ['none', []]])('does not take %s for what was emitted', (_, events) => expect(() => four().emits(...events)).toThrow());
  test('does not take another stream for the one written to', () => expect(() => four().emits(['store-s2', taken(4)])).toThrow());
  test('does not take events for a refusal', () => expect(() => four().rejects('not-enough')).toThrow());
  test('does not take a refusal for events', () => expect(() => history.when(take, { from: 's1', n: 9 }).emits(taken(9))).toThrow('refused: not-enough'));
  test('knows nothing of a fact that is only wished for', () => {
    const { name, title, input, example } = take;
    const wishing = defineCommand({ name, title, input, example, may: { roles: [] }, refusals: {}, streams: () => ({}), needs: () => ({ price: wish<number>('price', 'today') }), decide: ({ facts }) => (facts.price === null ? emit(store.at('s1'), taken(0)) : []) });
    given().when(wishing, { from: 's1', n: 1 }).emits(taken(0));
  });
  test('asks for facts by the state of what it loads', () => {
    const asking = defineCommand({ ...take, needs: (input: Take, known) => ({ price: need<number>('price', String(known(store.at(input.from))?.left)) }) });
    expect(asking.needs({ from: 's1', n: 1 }, (ref) => (ref.key === 'store-s1' ? ({ left: 5 } as never) : undefined))).toEqual({ price: need('price', '5') });
  });
});

describe('Views and automations', () => {
  test('are values: what they are made of is what they are', () => {
    const view = { name: 'stock', version: 1, services: ['store'], tables: () => '', fold: () => Promise.resolve() };
    const automation = { name: 'when-taken-order', services: ['store'], on: ['Taken'], when: () => Promise.resolve([{ command: take, input: { from: 's1', n: 1 } }]) };
    expect([defineView(view), defineAutomation(automation)]).toEqual([view, automation]);
  });
});
