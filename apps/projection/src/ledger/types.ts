/**
 * The words of the figure machine. Days are integers since 1970-01-01 (a calendar day in Asia/Shanghai), `rec` is epoch
 * milliseconds, areas are hundredths of a 亩, weights are grams.
 */

/** Kinds of facts that some measure reads; events of other kinds state nothing here. */
export const KINDS = [
  'home', 'standing', 'member', 'land', 'planting', 'registration', 'seat', 'operation', 'products', 'binding', 'claim',
  'enterprise', 'recognition', 'link', 'contract', 'line', 'delivery', 'region',
] as const;
export type Kind = (typeof KINDS)[number];

export const SUBJECT_KINDS = ['household', 'parcel', 'cooperative', 'enterprise', 'contract', 'village'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];
export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
}

/** What the facts say, by the names of the contracts; which are there depends on the kind. */
export interface Attributes {
  readonly householdId?: string | null;
  readonly personId?: string;
  readonly parcelId?: string;
  readonly villageId?: string;
  readonly cooperativeId?: string;
  readonly enterpriseId?: string;
  readonly bindingId?: string;
  readonly contractId?: string;
  readonly lineId?: string;
  readonly regionId?: string;
  readonly parentId?: string | null;
  readonly linkage?: string;
  readonly state?: string;
  readonly operation?: string;
  readonly products?: readonly string[];
  readonly crop?: string;
  readonly level?: string;
  readonly code?: string;
  readonly area?: number;
  readonly weight?: number;
  readonly quantity?: number;
  readonly due?: string;
  readonly resident?: boolean;
  readonly eligible?: boolean;
}

/** One version of one fact. A later version of the same kind and key replaces it from its `rec` on. */
export interface Version {
  readonly kind: Kind;
  readonly key: string;
  /** Id of what the fact is about, as the contract of its kind says: household, person, parcel, cooperative … */
  readonly subject: string;
  readonly from: number;
  /** First day out of force; Infinity while open, and always for series and flows. */
  readonly to: number;
  readonly rec: number;
  readonly service: string;
  readonly lane: number;
  readonly position: number;
  readonly voided: boolean;
  /** Due day of a contract line, else null. */
  readonly due: number | null;
  readonly attributes: Attributes;
  /** `<service>:<lane>:<position>`, the event that states it. */
  readonly eventId: string;
}

/** A thing that facts name; facts are found by these. `binding:b1` finds the binding itself and the claims that rest on it. */
export type RefKind = 'household' | 'person' | 'parcel' | 'binding' | 'cooperative' | 'enterprise' | 'contract' | 'region';
export interface Ref {
  readonly kind: RefKind;
  readonly id: string;
}

/** Finds every version, voided and replaced ones too, of every fact that any of its versions ties to this thing. */
export interface FactIndex {
  about(ref: Ref, kinds: readonly Kind[]): readonly Version[];
}

/** A change of a figure: in force from `day` on, known from `rec` on. One line for a measure, group, village, cohort, day and rec. */
export interface Line {
  readonly measure: string;
  /** '' is the total, else `dimension=value`. */
  readonly group: string;
  readonly village: string;
  /** Only period figures have one: the day that must lie in the period asked for. */
  readonly cohort: number | null;
  readonly day: number;
  readonly delta: number;
  readonly rec: number;
}

export const DIMENSIONS = ['cooperative', 'enterprise', 'linkage', 'crop', 'product', 'level'] as const;
/** Cooperative, enterprise, linkage and crop are filters on facts; product and level are told apart by the measure itself. */
export type Dimension = (typeof DIMENSIONS)[number];
export interface Group {
  readonly dimension: Dimension;
  readonly value: string;
}

/**
 * Keeps the relation facts that fit; attribute facts stay. Organisations are OR-ed: a fact fits that names one of the
 * cooperatives or enterprises, and a binding or claim also through a cooperative linked to one of the enterprises that day.
 */
export interface Filter {
  readonly cooperatives?: ReadonlySet<string>;
  readonly enterprises?: ReadonlySet<string>;
  readonly linkages?: ReadonlySet<string>;
  readonly crops?: ReadonlySet<string>;
}

/** What one subject counts for, and the facts that made it. */
export interface Entry {
  readonly measure: string;
  readonly group: string;
  readonly village: string;
  readonly cohort: number | null;
  readonly value: number;
  readonly by: readonly Version[];
}
