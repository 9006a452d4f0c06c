import { figure } from '../../apps/projection/src/ask/figure.query.js';
import { MEASURES } from '../../apps/projection/src/measures/index.js';
import type { Answer, Drilled } from '../infra/ledger.js';
import { inOrder } from './deliveries.js';
import { asking, grantsOf, input, over, served, some, VIEWERS, type Case } from './hosted-case.js';
import { LEFT_OUT, type Beside } from './oracle/left-out.js';
import type { Asked, Viewer } from './oracle/oracle.js';
import { pick, questions, type Moment } from './questions.js';

const tally = { withReason: 0, lists: 0, rows: 0 };
const server = served(tally);

const expectReasons = async ({ oracle, ledger }: Case, { asOf, from, knownAt }: Moment, [measure, { kind, beside = [], why }]: readonly [string, Beside]): Promise<void> => {
  const { drill } = await ledger.ask<Answer>(figure, input({ measure, group: '', region: null, asOf, from }, knownAt));
  const all = await ledger.opened(drill, { list: 'left-out', limit: 7 });
  const told = new Map(all.filter(({ fact }) => fact?.kind === kind).map(({ fact, reason }) => [fact?.id ?? '', reason]));
  const { reasons, rivals } = why(oracle.world(asOf, knownAt), from);
  const at = [measure, asOf, from, knownAt];
  for (const [id, reason] of reasons) expect([at, id, told.get(id)]).toEqual([at, id, reason]);
  for (const many of rivals) expect([at, many, many.flatMap((id) => told.get(id) ?? [])]).toEqual([at, many, many.slice(1).map(() => 'already-counted')]);
  expect([at, [...told.keys()].filter((id) => !reasons.has(id) && !rivals.flat().includes(id))]).toEqual([at, []]);
  expect([at, all.filter(({ fact }) => ![kind, ...beside].includes(fact?.kind ?? ''))]).toEqual([at, []]);
  tally.withReason += told.size;
};

const nameOf = ({ subject }: Drilled['items'][number], { kind, id }: { kind: string; id: string }): string => `${subject.kind} ${subject.id}: ${kind} ${id}`;

/** Only things, each once and none that was counted, with the events told by then; what is said to be counted in their place was. */
const expectAList = async ({ events, ledger }: Case, asked: Asked, { knownAt, viewer }: { knownAt: number; viewer: Viewer }): Promise<void> => {
  const grants = viewer === null ? undefined : grantsOf(viewer);
  const { drill } = await ledger.ask<Answer>(figure, input(asked, knownAt), grants);
  const [counted, left] = [await ledger.opened(drill, { grants }), await ledger.opened(drill, { list: 'left-out', limit: 7, grants })];
  const at = [asked, knownAt, grants];
  const things = MEASURES.find(({ name }) => name === asked.measure)?.things ?? [];
  const rows = left.flatMap((item) => (item.fact ? [{ name: nameOf(item, item.fact), fact: item.fact, item }] : []));
  const used = new Set(counted.flatMap((item) => item.by.map((fact) => nameOf(item, fact))));
  const known = new Set(events.filter(({ recordedAt }) => recordedAt <= knownAt).map(({ id }) => id));
  expect([at, rows.filter(({ fact }) => !(things as readonly string[]).includes(fact.kind))]).toEqual([at, []]);
  expect([at, rows.map(({ name }) => name).sort()]).toEqual([at, [...new Set(rows.map(({ name }) => name))].sort()]);
  expect([at, rows.filter(({ name }) => used.has(name))]).toEqual([at, []]);
  expect([at, rows.flatMap(({ fact, item: { because = [] } }) => [fact, ...because]).filter(({ event }) => !known.has(event))]).toEqual([at, []]);
  expect([at, rows.filter(({ item: { reason, because } }) => reason === 'already-counted' && !because?.length)]).toEqual([at, []]);
  tally.lists += 1;
  tally.rows += rows.length;
};

describe('What a figure of a random history left out', () => {
  test('is told, all of it and nothing else, each with the right reason', async () => {
    await over(server(), 3, async (one) => {
      await one.ledger.take(inOrder(one.events, 40));
      for (const moment of asking(one, 5)) for (const beside of Object.entries(LEFT_OUT)) await expectReasons(one, moment, beside);
    });
  }, 3_600_000);

  test('is told of every figure, to whoever asks: each thing once, nothing that was counted, each with its event', async () => {
    await over(server(), 3, async (one) => {
      await one.ledger.take(inOrder(one.events, 40));
      for (const moment of asking(one, 4)) {
        for (const asked of some(one.roll, questions(one.events, moment), 25)) await expectAList(one, asked, { knownAt: moment.knownAt, viewer: pick(one.roll, [null, ...VIEWERS]) });
      }
    });
  }, 3_600_000);
});
