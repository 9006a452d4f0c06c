import { LANE_LOCK } from '../migrations.js';
import { appendFunction } from '../schema.sql.js';

const instead = (sql: string, part: string | RegExp, by: string): string => {
  const changed = sql.replace(part, by);
  if (changed === sql) throw new Error(`the append function has changed: nothing to replace by ${by}`);
  return changed;
};
const TRUE = appendFunction(LANE_LOCK);

/** A command over many streams dawdles between taking its positions and committing. */
export const dawdling = (sql: string = TRUE): string => instead(sql, '  return query', '  if m > 10 then perform pg_sleep(0.002); end if;\n  return query');

/** Positions from a sequence, as many stores give them: taken before the commit and without a lock, so commits overtake each other. */
export const unlocked = (): string =>
  `create sequence es.naive; select setval('es.naive', 1, false);${instead(instead(TRUE, LANE_LOCK, ''), 'v_base := coalesce(v_base, 0);', `v_base := nextval('es.naive') * 4000;`)}`;
