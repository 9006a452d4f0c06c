import type { Database } from '#postgres';
import type { Clock } from './clock.js';
import type { Frontier } from './types.js';

const ONCE_MS = 1000;

/**
 * How far each lane is complete. A busy lane tells by its last event; an idle one is advanced under its lock, so that
 * nothing older can still come in, and at most once a second, so that readers of a quiet system write next to nothing.
 */
export class Frontiers {
  private advancedAt = -Infinity;

  constructor(private readonly database: Database, private readonly clock: Clock) {}

  async all(): Promise<Frontier[]> {
    const now = performance.now();
    if (now - this.advancedAt >= ONCE_MS) {
      this.advancedAt = now;
      await this.database.query('select es.advance($1)', [this.clock.now()]);
    }
    const { rows } = await this.database.query<Frontier>(
      `select l::int lane, coalesce(e.position, 0) "position", greatest(coalesce(e.recorded_at, 0), coalesce(f.complete_to, 0)) "completeTo"
       from es.settings s cross join lateral generate_series(0, s.value - 1) l
       left join lateral (select position, recorded_at from es.events where lane = l order by position desc limit 1) e on true
       left join es.frontiers f on f.lane = l where s.name = 'lanes' order by l`);
    return rows;
  }
}
