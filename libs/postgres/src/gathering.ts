import DataLoader from 'dataloader';

export interface GatheringOptions {
  /** Statements under way at a time, 2 unless told: what is asked meanwhile waits for one of them, and goes together. */
  readonly atOnce?: number;
  /** Of one statement, 32 unless told. */
  readonly most?: number;
}

/** Tries what failed together once more by itself, so that only the guilty one fails. */
const eachAlone = <Q, A>(ask: (questions: readonly Q[]) => Promise<readonly A[]>, questions: readonly Q[]): Promise<(A | Error)[]> =>
  Promise.all(questions.map((question) => ask([question]).then(([answer]) => answer as A, (error: unknown) => (error instanceof Error ? error : new Error(String(error))))));

/**
 * One statement for what many callers ask in the same turn of the event loop, or while earlier statements are under way:
 * a round trip costs more than what it asks. Nothing is remembered, so an answer knows all that was committed before its question.
 * @param ask answers in the order of the questions; is asked again, one by one, when it fails for several
 */
export const gathering = <Q, A>(ask: (questions: readonly Q[]) => Promise<readonly A[]>, { atOnce = 2, most = 32 }: GatheringOptions = {}): ((questions: readonly Q[]) => Promise<A[]>) => {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  const send = (): void => {
    for (; underWay < atOnce && waiting.length > 0; underWay += 1) waiting.shift()?.();
  };
  const together = async (questions: readonly Q[]): Promise<ArrayLike<A | Error>> => {
    try {
      return await ask(questions);
    } catch (error) {
      if (questions.length === 1) throw error;
      return await eachAlone(ask, questions);
    } finally {
      underWay -= 1;
      setImmediate(send);
    }
  };
  const loader = new DataLoader<Q, A>(together, {
    cache: false,
    maxBatchSize: most,
    batchScheduleFn: (dispatch) => {
      waiting.push(dispatch);
      setImmediate(send);
    },
  });
  return (questions) => Promise.all(questions.map((question) => loader.load(question)));
};

type Find<V> = (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>;

/** The same for what is found by keys; a key of which nothing is known is not in the answer. */
export const gatheringFinds = <V>(find: Find<V>): ((keys: readonly string[]) => Promise<Map<string, V>>) => {
  const ask = gathering<string, readonly [string, V] | null>(async (keys) => {
    const found = await find([...new Set(keys)]);
    return keys.map((key) => (found.has(key) ? [key, found.get(key) as V] : null));
  });
  return async (keys) => new Map((await ask(keys)).filter((one) => one !== null));
};
