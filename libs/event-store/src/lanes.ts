import type { Sql } from '#decider';
import { gatheringFinds } from '#postgres';
import type { StreamAppend } from './types.js';

/** FNV-1a: stable over processes and versions, because a stream's lane is chosen by it once. */
export const hash = (text: string): number => {
  let h = 2_166_136_261;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 16_777_619);
  return h >>> 0;
};

const REMEMBERED = 200_000;

/** Lane of every stream: chosen at its birth and never changed, so it may be remembered for ever. */
export class LaneMap {
  private known = new Map<string, number>();
  private readonly lookUp: (keys: readonly string[]) => Promise<ReadonlyMap<string, number>>;

  constructor(sql: Sql, readonly lanes: number) {
    this.lookUp = gatheringFinds(async (keys) => {
      const { rows } = await sql.query<{ stream: string; lane: number }>('select stream, lane from es.streams where stream = any($1)', [keys]);
      for (const { stream, lane } of rows) this.remember(stream, lane);
      return new Map(rows.map(({ stream, lane }) => [stream, lane]));
    });
  }

  /** Lanes for the streams of one command; a new stream follows the stream its `laneKey` names. */
  place(streams: readonly StreamAppend[]): Promise<number[]> {
    return Promise.all(streams.map((stream) => this.laneOf(stream)));
  }

  private async laneOf({ key, laneKey, expected }: StreamAppend): Promise<number> {
    const name = expected > 0 ? key : laneKey;
    const known = this.known.get(name);
    if (known !== undefined) return known;
    // What was remembered may be forgotten at any time: the answer counts by itself.
    const found = expected > 0 || laneKey !== key ? await this.lookUp([name]) : undefined;
    return found?.get(name) ?? this.known.get(name) ?? hash(name) % this.lanes;
  }

  remember(key: string, lane: number): void {
    if (this.known.size >= REMEMBERED) this.known = new Map();
    this.known.set(key, lane);
  }
}
