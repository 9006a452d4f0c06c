import type { Scope } from '#auth';
import { link } from '#contracts';
import { defineView, type Sql } from '#decider';
import { factTable } from '#service-kit';

const links = factTable({ fact: link, table: 'link', columns: { cooperative_id: ['text', 'cooperativeId'], enterprise_id: ['text', 'enterpriseId'] }, indexes: ['enterprise_id'] });

/** Which cooperatives are bound to which enterprises: an enterprise's staff sees these cooperatives. */
export const enterpriseLinks = defineView({
  name: 'enterprise_links',
  version: 1,
  services: ['enterprise'],
  tables: links.ddl,
  fold: ({ events }, context) => links.fold(events, context),
});

/** The scope with the cooperatives that are bound on that day to its enterprises. */
export const withBoundCooperatives = async (scope: Scope, { db, schema }: { db: Sql; schema: string }, asOf: string): Promise<Scope> => {
  if (scope.everywhere || scope.enterprises.size === 0) return scope;
  const { rows } = await db.query<{ id: string }>(
    `select distinct cooperative_id as id from ${schema}.link
     where enterprise_id = any($1::text[]) and not voided and valid_from <= $2::date and (valid_to is null or valid_to > $2::date)`,
    [[...scope.enterprises], asOf],
  );
  return { ...scope, cooperatives: new Set([...scope.cooperatives, ...rows.map(({ id }) => id)]) };
};
