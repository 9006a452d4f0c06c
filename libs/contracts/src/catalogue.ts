import * as cooperative from './cooperative.js';
import * as enterprise from './enterprise.js';
import type { EventDefinition, Happened } from './event.js';
import { type FactKind, type FactVersion, versionOf } from './fact.js';
import * as farmer from './farmer.js';
import * as star from './star.js';

/** Every kind of fact, and so most events. */
export const FACTS: readonly FactKind[] = [
  farmer.region, farmer.home, farmer.standing, farmer.member, farmer.land, farmer.planting, farmer.harvest,
  cooperative.registration, cooperative.seat, cooperative.operation, cooperative.products, cooperative.binding, cooperative.claim,
  enterprise.enterprise, enterprise.recognition, enterprise.link, enterprise.contract, enterprise.contractLine, enterprise.delivery,
  star.starValue,
] as unknown as readonly FactKind[];

const OTHERS = [
  farmer.IdentityReserved, farmer.IdentityReleased, farmer.PersonDetailsSealed, farmer.PersonDetailsRevealed, farmer.PersonErased,
  farmer.ParcelCodeReserved, farmer.ParcelCodeReleased,
  cooperative.CooperativeCodeReserved, cooperative.CooperativeCodeReleased, cooperative.FarmerBindingSlotTaken, cooperative.FarmerBindingSlotFreed,
  enterprise.EnterpriseCodeReserved, enterprise.EnterpriseCodeReleased, enterprise.CoopEnterpriseSlotTaken, enterprise.CoopEnterpriseSlotFreed,
  enterprise.WeighTicketTaken, enterprise.WeighTicketFreed,
  cooperative.ParcelConflictFlagged, cooperative.ParcelConflictResolved,
  star.StandardSheetPublished, star.StarScored,
] as unknown as readonly EventDefinition[];

/** The published language: every event by its type. */
export const EVENTS: ReadonlyMap<string, EventDefinition> = new Map(
  [...FACTS.flatMap((fact) => Object.values<EventDefinition>(fact.events)), ...OTHERS].map((event) => [event.type, event]),
);

const factByEvent = new Map(FACTS.flatMap((fact) => Object.keys(fact.events).map((type) => [type, fact] as const)));

/** The fact an event states as it now stands, or null when it states none (or is of a service that is not known here). */
export const factOf = (event: Pick<Happened, 'type' | 'data'>): FactVersion | null => {
  const fact = factByEvent.get(event.type);
  return fact ? versionOf(fact, event.type, event.data as Record<string, unknown>) : null;
};

/** The kind of fact that events of this type state. */
export const factKindOf = (type: string): FactKind | undefined => factByEvent.get(type);
