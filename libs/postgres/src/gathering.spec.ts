import { gathering, gatheringFinds } from './gathering.js';

const turns = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Answers when it is told to; keeps what it was asked. */
const slow = () => {
  const asked: (readonly number[])[] = [];
  const open: (() => void)[] = [];
  const ask = (questions: readonly number[]): Promise<number[]> => {
    asked.push(questions);
    return new Promise((resolve) => open.push(() => resolve(questions.map((question) => question * 10))));
  };
  return { asked, ask, answer: () => open.shift()?.() };
};

describe('What many ask at about the same time', () => {
  test('is one statement, and everybody has his own answers in his own order', async () => {
    const asked: (readonly number[])[] = [];
    const ask = gathering((questions: readonly number[]) => (asked.push(questions), Promise.resolve(questions.map((question) => question * 10))));
    expect(await Promise.all([ask([3, 1]), ask([2]), ask([]), ask([1])])).toEqual([[30, 10], [20], [], [10]]);
    expect(asked).toEqual([[3, 1, 2, 1]]);
  });

  test('waits while two statements are under way, then goes together, and is never answered by a question asked before it', async () => {
    const { asked, ask, answer } = slow();
    const gathered = gathering(ask);
    const answers: Promise<number[]>[] = [];
    for (const question of [1, 2, 3, 4, 1]) {
      answers.push(gathered([question]));
      await turns(2);
    }
    expect(asked).toEqual([[1], [2]]);
    answer();
    await turns(4);
    expect(asked).toEqual([[1], [2], [3, 4, 1]]);
    answer();
    answer();
    expect(await Promise.all(answers)).toEqual([[10], [20], [30], [40], [10]]);
  });

  test('goes in several statements when it is too much for one', async () => {
    const asked: (readonly number[])[] = [];
    const ask = gathering((questions: readonly number[]) => (asked.push(questions), Promise.resolve(questions)), { most: 2, atOnce: 1 });
    expect(await ask([1, 2, 3, 4, 5])).toEqual([1, 2, 3, 4, 5]);
    expect(asked).toEqual([[1, 2], [3, 4], [5]]);
  });

  test('fails for the guilty one alone, and the next question is asked all the same', async () => {
    const ask = gathering((questions: readonly number[]) => (questions.includes(13) ? Promise.reject(new Error('not that')) : Promise.resolve(questions)), { atOnce: 1 });
    const answers = await Promise.allSettled([ask([1]), ask([13]), ask([2])]);
    expect(answers).toMatchObject([{ value: [1] }, { reason: { message: 'not that' } }, { value: [2] }]);
    await expect(ask([13])).rejects.toThrow('not that');
    expect(await ask([3])).toEqual([3]);
  });

  test('is found by key, each key asked for once; what nothing is known of is not in the answer', async () => {
    const asked: (readonly string[])[] = [];
    const find = gatheringFinds((keys) => (asked.push(keys), Promise.resolve(new Map(keys.filter((key) => key !== 'x').map((key) => [key, key.toUpperCase()])))));
    expect(await Promise.all([find(['a', 'x', 'a']), find(['b', 'a']), find(['x'])])).toEqual([new Map([['a', 'A']]), new Map([['b', 'B'], ['a', 'A']]), new Map()]);
    expect(asked).toEqual([['a', 'x', 'b']]);
  });
});
