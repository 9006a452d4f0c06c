import type { Role } from '#contracts';

/** A role on a region and all below it, or on an organisation; on none of the three: everywhere. */
export interface Grant {
  readonly role: Role;
  /** Region id, resolved when the grant was given, so that recoding a village loses nothing. */
  readonly region?: string;
  readonly cooperative?: string;
  readonly enterprise?: string;
}

/** Who asks. `id` is an account id, never a person's number or name. */
export interface Principal {
  readonly id: string;
  readonly name: string;
  readonly grants: readonly Grant[];
}

/** The tree of regions as of a day. */
export interface RegionTree {
  contains(region: string, village: string, day: string): boolean;
  /** Ids of all villages at or below a region. */
  villages(region: string, day: string): readonly string[];
}

/** Where something lies: a grant on any one of these is enough. */
export interface Place {
  readonly village?: string;
  readonly cooperative?: string;
  readonly enterprise?: string;
}
