import { Type } from '@sinclair/typebox';
import { defineEvent } from './event.js';
import { defineFact, NullableId, type FactData } from './fact.js';
import { Area, Id, Label, oneOf, REGION_KINDS, REGION_LEVELS, Weight } from './fields.js';

/** 行政区划: one unit's name, code and place in the tree from a day on. The id stays through recoding and transfer. */
export const region = defineFact({
  kind: 'region',
  shape: 'series',
  service: 'farmer',
  subject: 'regionId',
  attributes: {
    regionId: Id,
    level: oneOf(REGION_LEVELS),
    kind: oneOf(REGION_KINDS),
    /** 6, 9 or 12 digits. */
    code: Type.String({ pattern: '^\\d{6}(\\d{3}(\\d{3})?)?$' }),
    name: Label,
    parentId: NullableId,
  },
  example: { factId: 'f-1', from: '2021-10-31', regionId: 'r-410308103210', level: 'VILLAGE', kind: 'VILLAGE', code: '410308103210', name: '白鹿庄村民委员会', parentId: 'r-410308103' },
  events: {
    RegionRegistered: 'stated',
    VillageRegistered: 'stated',
    VillageRenamed: 'stated',
    VillageConvertedToCommunity: 'stated',
    VillageTransferredOut: 'stated',
    VillageRecoded: 'stated',
    RegionStatementCorrected: 'restated',
    RegionStatementVoided: 'voided',
  },
});

/** 户籍所在村: the home village of a household from a day on. */
export const home = defineFact({
  kind: 'home',
  shape: 'series',
  service: 'farmer',
  subject: 'householdId',
  attributes: { householdId: Id, villageId: Id, splitFrom: Type.Optional(Id) },
  example: { factId: 'f-2', from: '2022-01-01', householdId: 'h-1', villageId: 'r-410308103210' },
  events: { HouseholdRegistered: 'stated', HouseholdSplit: 'stated', HouseholdMoved: 'stated', HouseholdHomeCorrected: 'restated', HouseholdHomeVoided: 'voided' },
});

/** 常住户 (resident), 有产业发展条件户 (eligible) from a day on. */
export const standing = defineFact({
  kind: 'standing',
  shape: 'series',
  service: 'farmer',
  subject: 'householdId',
  attributes: { householdId: Id, resident: Type.Boolean(), eligible: Type.Boolean() },
  example: { factId: 'f-3', from: '2022-01-01', householdId: 'h-1', resident: true, eligible: true },
  events: { HouseholdStandingStated: 'stated', HouseholdStandingCorrected: 'restated', HouseholdStandingVoided: 'voided' },
});

/** The household a person belongs to from a day on; null: left or died. One at a time, so a person is counted once. */
export const member = defineFact({
  kind: 'member',
  shape: 'series',
  service: 'farmer',
  subject: 'personId',
  attributes: { personId: Id, householdId: NullableId, reason: oneOf(['JOINED', 'MOVED', 'SPLIT', 'LEFT', 'DIED']) },
  example: { factId: 'f-4', from: '2022-01-01', personId: 'p-1', householdId: 'h-1', reason: 'JOINED' },
  events: {
    PersonRegistered: 'stated',
    PersonMoved: 'stated',
    PersonLeft: 'stated',
    PersonDied: 'stated',
    PersonPlacementCorrected: 'restated',
    PersonPlacementVoided: 'voided',
  },
});

/** 承包地块: where a parcel lies and how large it is, from a measuring day on. */
export const land = defineFact({
  kind: 'land',
  shape: 'series',
  service: 'farmer',
  subject: 'parcelId',
  attributes: { parcelId: Id, villageId: Id, area: Area, parcelCode: Type.Optional(Type.String({ pattern: '^\\d{19}$' })) },
  example: { factId: 'f-5', from: '2022-01-01', parcelId: 'l-1', villageId: 'r-410308103210', area: 325 },
  events: { ParcelRegistered: 'stated', ParcelRemeasured: 'stated', ParcelMeasureCorrected: 'restated', ParcelMeasureVoided: 'voided' },
});

/** 播种: one crop cycle on one parcel, by one household. */
export const planting = defineFact({
  kind: 'planting',
  shape: 'flow',
  service: 'farmer',
  subject: 'parcelId',
  attributes: { parcelId: Id, householdId: Id, crop: Label, area: Area },
  example: { factId: 'f-6', from: '2022-03-10', parcelId: 'l-1', householdId: 'h-1', crop: '桃', area: 325 },
  events: { PlantingRecorded: 'stated', PlantingCorrected: 'restated', PlantingVoided: 'voided' },
});

/** 收获: what one parcel gave on one day. */
export const harvest = defineFact({
  kind: 'harvest',
  shape: 'flow',
  service: 'farmer',
  subject: 'parcelId',
  attributes: { parcelId: Id, householdId: Id, crop: Label, weight: Weight },
  example: { factId: 'f-7', from: '2022-07-01', parcelId: 'l-1', householdId: 'h-1', crop: '桃', weight: 1_250_000 },
  events: { HarvestRecorded: 'stated', HarvestCorrected: 'restated', HarvestVoided: 'voided' },
});

/** Personal data itself stays in the farmer service's vault; the feed learns only that a keyed hash is taken or free again. */
export const IdentityReserved = defineEvent('IdentityReserved', {
  service: 'farmer',
  data: { personId: Id },
  example: { personId: 'p-1' },
});
export const IdentityReleased = defineEvent('IdentityReleased', {
  service: 'farmer',
  data: { personId: Id },
  example: { personId: 'p-1' },
});
/** Encrypted under a key of this person alone; unreadable everywhere once that key is destroyed. */
const Sealed = Type.String({ pattern: '^[A-Za-z0-9._-]{1,1000}$' });
/** Name, identity number and phone as they now stand. */
export const PersonDetailsSealed = defineEvent('PersonDetailsSealed', {
  service: 'farmer',
  data: { personId: Id, name: Sealed, identityNumber: Type.Optional(Sealed), phone: Type.Optional(Sealed), /** Keyed hash of the identity number. */ identityKey: Type.Optional(Id) },
  example: { personId: 'p-1', name: 'sm1.k-1.AAAA.BBBB.CCCC' },
});
/** 查看个人信息的事由: checking a fact, reaching the person, putting a fact right, asked by law, asked by the person. */
export const REVEAL_REASONS = ['VERIFICATION', 'CONTACT', 'CORRECTION', 'LEGAL_REQUEST', 'OWN_REQUEST'] as const;
export type RevealReason = (typeof REVEAL_REASONS)[number];
/** Someone was shown a person's details in clear. `reference`: number of a case or document, never a name. */
export const PersonDetailsRevealed = defineEvent('PersonDetailsRevealed', {
  service: 'farmer',
  data: { personId: Id, revealId: Id, actor: Id, reason: oneOf(REVEAL_REASONS), reference: Type.Optional(Id) },
  example: { personId: 'p-1', revealId: 'v-1', actor: 'village-official', reason: 'VERIFICATION' },
});
/** The key was destroyed: name and number are gone everywhere, the figures stay. */
export const PersonErased = defineEvent('PersonErased', { service: 'farmer', data: { personId: Id }, example: { personId: 'p-1' } });

const parcelCode = { parcelCode: Type.String({ pattern: '^\\d{19}$' }), parcelId: Id };
/** One parcel per 19-digit code: the code is taken by one, or free again after an error. */
export const ParcelCodeReserved = defineEvent('ParcelCodeReserved', { service: 'farmer', data: parcelCode, example: { parcelCode: '4103081032100100001', parcelId: 'l-1' } });
export const ParcelCodeReleased = defineEvent('ParcelCodeReleased', { service: 'farmer', data: parcelCode, example: { parcelCode: '4103081032100100001', parcelId: 'l-1' } });

export type RegionData = FactData<typeof region>;
export type HomeData = FactData<typeof home>;
export type StandingData = FactData<typeof standing>;
export type MemberData = FactData<typeof member>;
export type LandData = FactData<typeof land>;
export type PlantingData = FactData<typeof planting>;
export type HarvestData = FactData<typeof harvest>;
