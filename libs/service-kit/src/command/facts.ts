import { subjectText } from '#contracts';
import type { FactLookup, Need, Needs } from '#decider';
import { gatheringFinds, type Database } from '#postgres';
import type { Lookup, Service } from '../manifest.js';
import { Problem } from '../problem.js';

export interface FactSource {
  readonly manifest: Service;
  readonly database: Database;
  schemaOf(view: string): string;
  /** How long a missing fact is waited for, in milliseconds. */
  readonly patienceMs: number;
}
type Found = ReadonlyMap<string, ReadonlyMap<string, unknown>>;
type Find = (ids: readonly string[]) => Promise<ReadonlyMap<string, unknown>>;

const each = (needs: Needs): readonly Need<unknown>[] => Object.values(needs).flatMap((need) => need as Need<unknown> | readonly Need<unknown>[]);

const finder = ({ manifest, database, schemaOf }: FactSource, kind: string): Find => {
  const own: Lookup | undefined = manifest.lookups?.[kind];
  if (own) return (ids) => own(ids, { db: database, schema: 'public', schemaOf });
  const view = manifest.views.find(({ facts }) => facts?.[kind]);
  if (!view) throw new Error(`${manifest.name} has no view or lookup for facts of the kind ${kind}`);
  // A lookup only reads: the connection it is given need not be the fold's.
  const lookup = view.facts?.[kind] as unknown as FactLookup<Database>;
  return (ids) => lookup(ids, { db: database, schema: schemaOf(view.name) });
};

const unknown = (needs: readonly Need<unknown>[], found: Found): Need<unknown> | undefined =>
  needs.find(({ kind, id, optional }) => !optional && !found.get(kind)?.has(id));

/** What the local views of a service know, for the needs of its commands; those given at the same time ask together. */
export class Facts {
  private readonly finders = new Map<string, Find>();

  constructor(private readonly source: FactSource) {}

  /**
   * By the names that the needs give them; null for a wish that is not known.
   * @throws Problem 'refused' with the code `not-known-yet` when a need is not met within the patience
   */
  async for(needs: Needs): Promise<Record<string, unknown>> {
    const all = each(needs);
    const deadline = Date.now() + this.source.patienceMs;
    let found = await this.find(all);
    for (let pause = 10; unknown(all, found) && Date.now() < deadline; pause = Math.min(pause * 2, 160)) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      found = await this.find(all);
    }
    const missing = unknown(all, found);
    if (missing) throw notKnownYet(missing);
    const value = ({ kind, id }: Need<unknown>): unknown => found.get(kind)?.get(id) ?? null;
    return Object.fromEntries(Object.entries(needs).map(([name, need]) => [name, Array.isArray(need) ? need.map(value) : value(need as Need<unknown>)]));
  }

  private async find(needs: readonly Need<unknown>[]): Promise<Found> {
    const ids = Map.groupBy(needs, ({ kind }) => kind);
    const found = [...ids].map(async ([kind, asked]) => [kind, await this.finder(kind)(asked.map(({ id }) => id))] as const);
    return new Map(await Promise.all(found));
  }

  private finder(kind: string): Find {
    let find = this.finders.get(kind);
    if (!find) this.finders.set(kind, (find = gatheringFinds(finder(this.source, kind))));
    return find;
  }
}

const notKnownYet = ({ kind, id }: Need<unknown>): Problem => {
  const { zh, en } = subjectText(kind);
  return new Problem('refused', {
    code: 'not-known-yet',
    detail: { zh: `没有${zh} ${id} 的登记:请核对编号;若刚刚录入,请稍后重试。`, en: `There is no ${en} ${id} here: check the id; if it was entered a moment ago, try again.` },
    retryAfterSeconds: 1,
  });
};
