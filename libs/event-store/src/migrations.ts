import type { MigrationClass } from '#postgres';
import { ADVANCE, appendFunction, BYTEWISE_KEYS, TABLES } from './schema.sql.js';

/** The lock class keeps our lanes apart from every other advisory lock of the database. */
export const LANE_LOCK = 'perform pg_advisory_xact_lock(7361, p_lane);';

interface Runner {
  query(sql: string): Promise<unknown>;
}

class EventStore1763900000000 {
  name = 'EventStore1763900000000';
  async up(runner: Runner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(appendFunction(LANE_LOCK));
  }
  down(runner: Runner): Promise<unknown> {
    return runner.query('drop schema es cascade');
  }
}

class CheaperKeysAndFrontiers1764000000000 {
  name = 'CheaperKeysAndFrontiers1764000000000';
  async up(runner: Runner): Promise<void> {
    await runner.query(BYTEWISE_KEYS);
    await runner.query(ADVANCE);
    await runner.query(appendFunction(LANE_LOCK));
  }
  down(runner: Runner): Promise<unknown> {
    return runner.query('drop function es.advance');
  }
}

export const MIGRATIONS = [EventStore1763900000000, CheaperKeysAndFrontiers1764000000000] as unknown as readonly MigrationClass[];
