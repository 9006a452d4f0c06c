import type { Sql } from '#decider';
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

  constructor(private readonly sql: Sql, readonly lanes: number) {}

  /** Lanes for the streams of one command; a new stream follows the stream its `laneKey` names. */
  async place(streams: readonly StreamAppend[]): Promise<number[]> {
    const asked = streams.flatMap((stream) => (stream.expected > 0 ? [stream.key] : stream.laneKey === stream.key ? [] : [stream.laneKey]));
    await this.lookUp(asked.filter((key) => !this.known.has(key)));
    return streams.map((stream) => {
      const lane = this.known.get(stream.expected > 0 ? stream.key : stream.laneKey);
      return lane ?? hash(stream.expected > 0 ? stream.key : stream.laneKey) % this.lanes;
    });
  }

  remember(key: string, lane: number): void {
    if (this.known.size >= REMEMBERED) this.known = new Map();
    this.known.set(key, lane);
  }

  private async lookUp(keys: readonly string[]): Promise<void> {
    if (!keys.length) return;
    const { rows } = await this.sql.query<{ stream: string; lane: number }>('select stream, lane from es.streams where stream = any($1)', [keys]);
    for (const row of rows) this.remember(row.stream, row.lane);
  }
}
