import { rolesFor, scopeOf, type Principal, type RegionTree, type Scope } from '#auth';
import type { May } from '#decider';
import { Problem } from './problem.js';

/** The one place where grants are asked, for commands and queries alike. */
export class Policy {
  constructor(private readonly regions: { current(): Promise<RegionTree> }) {}

  /** Before anything is read: somebody without any of the roles needs no further answer. */
  mayAtAll(principal: Principal, roles: readonly string[]): void {
    if (!principal.grants.some(({ role }) => roles.includes(role))) throw new Problem('forbidden');
  }

  /** The roles by which it is allowed. @throws Problem 'forbidden' */
  async permit<X>(principal: Principal, may: May<X>, { about, day }: { about: X; day: string }): Promise<readonly string[]> {
    const places = may.on?.(about) ?? [];
    const held = rolesFor({ principal, roles: may.roles, tree: await this.regions.current(), day }, places);
    if (!held.length) throw new Problem('forbidden');
    return held;
  }

  async scope(principal: Principal, roles: readonly string[], day: string): Promise<{ scope: Scope; tree: RegionTree }> {
    const tree = await this.regions.current();
    return { scope: scopeOf({ principal, roles, tree, day }), tree };
  }
}
