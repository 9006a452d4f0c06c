import type * as told from '#contracts';
import type { RecordedEvent } from '#decider';

/** What people said: for each thing the names of the events about it. A last word ending in `Voided` says it never was so, but for a dissolution. */
const ABOUT = {
  regions: ['RegionRegistered', 'VillageRegistered', 'VillageRenamed', 'VillageConvertedToCommunity', 'VillageTransferredOut', 'VillageRecoded', 'RegionStatementCorrected', 'RegionStatementVoided'],
  homes: ['HouseholdRegistered', 'HouseholdSplit', 'HouseholdMoved', 'HouseholdHomeCorrected', 'HouseholdHomeVoided'],
  standings: ['HouseholdStandingStated', 'HouseholdStandingCorrected', 'HouseholdStandingVoided'],
  placements: ['PersonRegistered', 'PersonMoved', 'PersonLeft', 'PersonDied', 'PersonPlacementCorrected', 'PersonPlacementVoided'],
  measures: ['ParcelRegistered', 'ParcelRemeasured', 'ParcelMeasureCorrected', 'ParcelMeasureVoided'],
  plantings: ['PlantingRecorded', 'PlantingCorrected', 'PlantingVoided'],
  registrations: ['CooperativeRegistered', 'CooperativeRegistrationCorrected', 'CooperativeRegistrationVoided', 'CooperativeDissolved', 'CooperativeDissolutionCorrected', 'CooperativeDissolutionVoided'],
  seats: ['CooperativeSeated', 'CooperativeSeatCorrected', 'CooperativeSeatVoided'],
  operations: ['CooperativeOperationStated', 'CooperativeOperationCorrected', 'CooperativeOperationVoided'],
  products: ['CooperativeProductsStated', 'CooperativeProductsCorrected', 'CooperativeProductsVoided'],
  bindings: ['FarmerBindingDrafted', 'FarmerBindingSubmitted', 'FarmerBindingConfirmed', 'FarmerBindingActivated', 'FarmerBindingEnded', 'FarmerBindingCorrected', 'FarmerBindingVoided'],
  claims: ['LandClaimed', 'LandClaimEnded', 'LandClaimCorrected', 'LandClaimVoided'],
  enterprises: ['EnterpriseRegistered', 'EnterpriseRegistrationCorrected', 'EnterpriseRegistrationVoided', 'EnterpriseDissolved', 'EnterpriseDissolutionCorrected', 'EnterpriseDissolutionVoided'],
  recognitions: ['EnterpriseRecognised', 'EnterpriseRecognitionEnded', 'EnterpriseRecognitionCorrected', 'EnterpriseRecognitionVoided'],
  links: ['CoopEnterpriseBound', 'CoopEnterpriseUnbound', 'CoopEnterpriseBindingCorrected', 'CoopEnterpriseBindingVoided'],
  contracts: ['ContractSigned', 'ContractAmended', 'ContractTerminated', 'ContractCorrected', 'ContractVoided'],
  lines: ['ContractLineAgreed', 'ContractLineAmended', 'ContractLineVoided'],
  deliveries: ['DeliveryRecorded', 'DeliveryCorrected', 'DeliveryVoided'],
} as const;
type Thing = keyof typeof ABOUT;

interface Said {
  regions: told.RegionData;
  homes: told.HomeData;
  standings: told.StandingData;
  placements: told.MemberData;
  measures: told.LandData;
  plantings: told.PlantingData;
  registrations: told.RegistrationData;
  seats: told.SeatData;
  operations: told.OperationData;
  products: told.ProductsData;
  bindings: told.BindingData;
  claims: told.ClaimData;
  enterprises: told.EnterpriseData;
  recognitions: told.RecognitionData;
  links: told.LinkData;
  contracts: told.ContractData;
  lines: told.ContractLineData;
  deliveries: told.DeliveryData;
}

const wasAnError = (type: string): boolean => type.endsWith('Voided') && !type.endsWith('DissolutionVoided');

/** All that had been told by a moment (epoch ms), each thing as it was last told, without what was called an error. */
export class Told {
  private readonly events: readonly RecordedEvent[];
  private readonly heard = new Map<Thing, readonly unknown[]>();

  constructor(events: readonly RecordedEvent[], knownAt: number) {
    this.events = events.filter(({ recordedAt }) => recordedAt <= knownAt);
  }

  of<T extends Thing>(thing: T): readonly Said[T][] {
    const known = this.heard.get(thing) ?? this.lastWords(thing).flatMap(({ type, data }) => (wasAnError(type) ? [] : [data]));
    this.heard.set(thing, known);
    return known as readonly Said[T][];
  }

  /** Things that were called an error in the end. */
  errors<T extends Thing>(thing: T): readonly Said[T][] {
    return this.lastWords(thing).flatMap(({ type, data }) => (wasAnError(type) ? [data as Said[T]] : []));
  }

  private lastWords(thing: Thing): readonly RecordedEvent[] {
    const about = new Set<string>(ABOUT[thing]);
    return [...new Map(this.events.filter(({ type }) => about.has(type)).map((event) => [(event.data as { factId: string }).factId, event])).values()];
  }
}
