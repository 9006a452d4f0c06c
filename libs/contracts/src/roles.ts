/** Roles a grant may carry. A grant is a role on a region (and all below it) or on an organisation. */
export const ROLES = [
  /** 合作社 manager or accountant, on a cooperative. */
  'COOPERATIVE_MANAGER',
  /** 企业 staff, on an enterprise. */
  'ENTERPRISE_STAFF',
  /** 分析员: reads figures, on a region. */
  'ANALYST',
  'VILLAGE_OFFICIAL',
  'TOWN_OFFICIAL',
  'DISTRICT_OFFICIAL',
  /** Runs the system: views, poison events, health. Sees no business data by this role. */
  'OPERATOR',
] as const;
export type Role = (typeof ROLES)[number];

export const OFFICIALS = ['VILLAGE_OFFICIAL', 'TOWN_OFFICIAL', 'DISTRICT_OFFICIAL'] as const satisfies readonly Role[];
export const EVERYONE: readonly Role[] = ROLES.filter((role) => role !== 'OPERATOR');
