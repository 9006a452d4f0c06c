import { Type } from '@sinclair/typebox';
import { defineEvent } from './event.js';
import { defineFact, type FactData } from './fact.js';
import { BINDING_ENDS, BINDING_STATES, CONFIRMATION_METHODS, COOPERATIVE_KINDS, Day, Id, Label, LINKAGES, oneOf, OPERATIONS, Until } from './fields.js';

/** 登记: from registration to dissolution. */
export const registration = defineFact({
  kind: 'registration',
  shape: 'period',
  service: 'cooperative',
  subject: 'cooperativeId',
  attributes: { cooperativeId: Id, creditCode: Type.String({ pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$' }), kind: oneOf(COOPERATIVE_KINDS), name: Label },
  example: { factId: 'f-10', from: '2019-05-01', to: null, cooperativeId: 'c-1', creditCode: '93410308XX0000019H', kind: 'SPECIALIZED', name: '测试01合作社' },
  events: {
    CooperativeRegistered: 'stated',
    CooperativeRegistrationCorrected: 'restated',
    CooperativeRegistrationVoided: 'voided',
    CooperativeDissolved: 'restated',
    CooperativeDissolutionCorrected: 'restated',
    CooperativeDissolutionVoided: 'restated',
  },
});

/** 住所地: the village a cooperative is seated in from a day on. */
export const seat = defineFact({
  kind: 'seat',
  shape: 'series',
  service: 'cooperative',
  subject: 'cooperativeId',
  attributes: { cooperativeId: Id, villageId: Id },
  example: { factId: 'f-11', from: '2019-05-01', cooperativeId: 'c-1', villageId: 'r-410308103210' },
  events: { CooperativeSeated: 'stated', CooperativeSeatCorrected: 'restated', CooperativeSeatVoided: 'voided' },
});

/** 经营状态, normal unless said otherwise. */
export const operation = defineFact({
  kind: 'operation',
  shape: 'series',
  service: 'cooperative',
  subject: 'cooperativeId',
  attributes: { cooperativeId: Id, operation: oneOf(OPERATIONS) },
  example: { factId: 'f-12', from: '2022-01-01', cooperativeId: 'c-1', operation: 'ABNORMAL' },
  events: { CooperativeOperationStated: 'stated', CooperativeOperationCorrected: 'restated', CooperativeOperationVoided: 'voided' },
});

/** 主营产品: what a cooperative's labour makes, from a day on. */
export const products = defineFact({
  kind: 'products',
  shape: 'series',
  service: 'cooperative',
  subject: 'cooperativeId',
  attributes: { cooperativeId: Id, products: Type.Array(Label) },
  example: { factId: 'f-13', from: '2022-01-01', cooperativeId: 'c-1', products: ['桃'] },
  events: { CooperativeProductsStated: 'stated', CooperativeProductsCorrected: 'restated', CooperativeProductsVoided: 'voided' },
});

/** 农户绑定合作社: counts from its effective day while ACTIVE, until its end, and while the cooperative is registered. */
export const binding = defineFact({
  kind: 'binding',
  shape: 'period',
  service: 'cooperative',
  subject: 'householdId',
  attributes: {
    /** Equal to the binding's id. */
    householdId: Id,
    cooperativeId: Id,
    linkage: oneOf(LINKAGES),
    state: oneOf(BINDING_STATES),
    endReason: Type.Optional(oneOf(BINDING_ENDS)),
    /** Account that submitted it: the farmer's confirmation is recorded by another one. */
    submittedBy: Type.Optional(Id),
    /** `by`: id of the person who said so, or a word for his place in the household (`HEAD`); never a name. */
    confirmation: Type.Optional(Type.Object({ method: oneOf(CONFIRMATION_METHODS), on: Day, by: Label })),
  },
  example: { factId: 'b-1', from: '2022-03-01', to: null, householdId: 'h-1', cooperativeId: 'c-1', linkage: 'MEMBER', state: 'ACTIVE' },
  events: {
    FarmerBindingDrafted: 'stated',
    FarmerBindingSubmitted: 'restated',
    FarmerBindingConfirmed: 'restated',
    FarmerBindingActivated: 'restated',
    FarmerBindingEnded: 'restated',
    FarmerBindingCorrected: 'restated',
    FarmerBindingVoided: 'voided',
  },
});

/** 绑定地块: land and crop a binding rests on; counts while its binding does. */
export const claim = defineFact({
  kind: 'claim',
  shape: 'period',
  service: 'cooperative',
  subject: 'parcelId',
  attributes: { parcelId: Id, bindingId: Id, householdId: Id, cooperativeId: Id, linkage: oneOf(LINKAGES), crop: Label },
  example: { factId: 'k-1', from: '2022-03-01', to: null, parcelId: 'l-1', bindingId: 'b-1', householdId: 'h-1', cooperativeId: 'c-1', linkage: 'MEMBER', crop: '桃' },
  events: { LandClaimed: 'stated', LandClaimEnded: 'restated', LandClaimCorrected: 'restated', LandClaimVoided: 'voided' },
});

const code = { creditCode: Type.String({ pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$' }), cooperativeId: Id };
/** One cooperative per credit code: the code is taken by one, or free again after an error. */
export const CooperativeCodeReserved = defineEvent('CooperativeCodeReserved', { service: 'cooperative', data: code, example: { creditCode: '93410308XX0000019H', cooperativeId: 'c-1' } });
export const CooperativeCodeReleased = defineEvent('CooperativeCodeReleased', { service: 'cooperative', data: code, example: { creditCode: '93410308XX0000019H', cooperativeId: 'c-1' } });

const slot = { bindingId: Id, householdId: Id, cooperativeId: Id, linkage: oneOf(LINKAGES) };
/** One binding per household × cooperative × linkage at a time: which days one holds. */
export const FarmerBindingSlotTaken = defineEvent('FarmerBindingSlotTaken', {
  service: 'cooperative',
  data: { ...slot, from: Day, to: Until },
  example: { bindingId: 'b-1', householdId: 'h-1', cooperativeId: 'c-1', linkage: 'MEMBER', from: '2022-03-01', to: null },
});
export const FarmerBindingSlotFreed = defineEvent('FarmerBindingSlotFreed', {
  service: 'cooperative',
  data: slot,
  example: { bindingId: 'b-1', householdId: 'h-1', cooperativeId: 'c-1', linkage: 'MEMBER' },
});

const conflict = { conflictId: Id, parcelId: Id, claimIds: Type.Array(Id, { minItems: 2 }), cooperativeIds: Type.Array(Id, { minItems: 2 }) };
/** One parcel claimed through two cooperatives on one day: on the work list until a person resolves it. */
export const ParcelConflictFlagged = defineEvent('ParcelConflictFlagged', {
  service: 'cooperative',
  data: conflict,
  example: { conflictId: 'x-1', parcelId: 'l-1', claimIds: ['k-1', 'k-2'], cooperativeIds: ['c-1', 'c-2'] },
});
export const ParcelConflictResolved = defineEvent('ParcelConflictResolved', {
  service: 'cooperative',
  data: { ...conflict, resolution: oneOf(['CLAIM_ENDED', 'CLAIM_VOIDED', 'BOTH_STAND']), note: Type.Optional(Type.String({ maxLength: 500 })) },
  example: { conflictId: 'x-1', parcelId: 'l-1', claimIds: ['k-1', 'k-2'], cooperativeIds: ['c-1', 'c-2'], resolution: 'BOTH_STAND' },
});

export type RegistrationData = FactData<typeof registration>;
export type SeatData = FactData<typeof seat>;
export type OperationData = FactData<typeof operation>;
export type ProductsData = FactData<typeof products>;
export type BindingData = FactData<typeof binding>;
export type ClaimData = FactData<typeof claim>;
