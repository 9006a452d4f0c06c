import type { Grant, Place, Principal, RegionTree } from './principal.js';

export interface Asked {
  readonly principal: Principal;
  readonly roles: readonly string[];
  readonly tree: RegionTree;
  /** The day whose tree of regions counts, `YYYY-MM-DD`. */
  readonly day: string;
}

const everywhere = (grant: Grant): boolean => !grant.region && !grant.cooperative && !grant.enterprise;

const covers = (grant: Grant, place: Place, { tree, day }: Asked): boolean => {
  if (everywhere(grant)) return true;
  if (grant.region) return place.village !== undefined && tree.contains(grant.region, place.village, day);
  if (grant.cooperative) return place.cooperative === grant.cooperative;
  return place.enterprise === grant.enterprise;
};

/** The roles by which the principal may act there; none: refused. Without places only a grant on everything counts. */
export const rolesFor = (asked: Asked, places: readonly Place[]): string[] => {
  const fitting = asked.principal.grants.filter((grant) => asked.roles.includes(grant.role));
  const held = fitting.filter((grant) => everywhere(grant) || places.some((place) => covers(grant, place, asked)));
  return [...new Set(held.map((grant) => grant.role))];
};

/** What a principal may see: everything, or what lies in these villages or names these organisations. */
export interface Scope {
  readonly everywhere: boolean;
  /** Regions as granted, for telling and for trees of another day. */
  readonly regions: readonly string[];
  readonly villages: ReadonlySet<string>;
  readonly cooperatives: ReadonlySet<string>;
  readonly enterprises: ReadonlySet<string>;
}

export const scopeOf = ({ principal, roles, tree, day }: Asked): Scope => {
  const grants = principal.grants.filter((grant) => roles.includes(grant.role));
  const named = (of: (grant: Grant) => string | undefined) => [...new Set(grants.map(of).filter((id) => id !== undefined))];
  const regions = named((grant) => grant.region);
  return {
    everywhere: grants.some(everywhere),
    regions,
    villages: new Set(regions.flatMap((region) => [...tree.villages(region, day)])),
    cooperatives: new Set(named((grant) => grant.cooperative)),
    enterprises: new Set(named((grant) => grant.enterprise)),
  };
};

/** True when nothing at all may be seen in these roles. */
export const isEmpty = (scope: Scope): boolean => !scope.everywhere && !scope.regions.length && !scope.cooperatives.size && !scope.enterprises.size;

export const inScope = (scope: Scope, place: Place): boolean =>
  scope.everywhere ||
  (place.village !== undefined && scope.villages.has(place.village)) ||
  (place.cooperative !== undefined && scope.cooperatives.has(place.cooperative)) ||
  (place.enterprise !== undefined && scope.enterprises.has(place.enterprise));

/** SQL expressions that hold the ids of a row's place. */
export interface PlaceColumns {
  readonly village?: string;
  readonly cooperative?: string;
  readonly enterprise?: string;
}

/**
 * {@link inScope} as SQL: one condition for list, search, count and figure. `first` is the number of its first parameter.
 * A row whose columns are all null is seen by nobody but those who see everything.
 */
export const scopeFilter = (scope: Scope, columns: PlaceColumns, first: number): { sql: string; values: string[][] } => {
  if (scope.everywhere) return { sql: 'true', values: [] };
  const parts = [
    [columns.village, scope.villages],
    [columns.cooperative, scope.cooperatives],
    [columns.enterprise, scope.enterprises],
  ].flatMap(([column, ids]) => (column && (ids as ReadonlySet<string>).size ? [{ column: column as string, ids: [...(ids as ReadonlySet<string>)] }] : []));
  if (!parts.length) return { sql: 'false', values: [] };
  const sql = parts.map(({ column }, i) => `coalesce(${column} = any($${first + i}::text[]), false)`).join(' or ');
  return { sql: `(${sql})`, values: parts.map(({ ids }) => ids) };
};
