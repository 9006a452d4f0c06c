import { Type } from '@sinclair/typebox';
import { defineEvent } from './event.js';
import { defineFact, type FactData } from './fact.js';
import { Area, Day, Id, Label, oneOf, RECOGNITION_LEVELS, Until, Weight } from './fields.js';

/** 企业登记: name, credit code and seat. Whether it is a *leading* enterprise is a recognition. */
export const enterprise = defineFact({
  kind: 'enterprise',
  shape: 'period',
  service: 'enterprise',
  subject: 'enterpriseId',
  attributes: { enterpriseId: Id, creditCode: Type.String({ pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$' }), name: Label, villageId: Id },
  example: { factId: 'f-20', from: '2015-01-01', to: null, enterpriseId: 'e-1', creditCode: '91410308XX0000019P', name: '测试01龙头企业', villageId: 'r-410308103214' },
  events: { EnterpriseRegistered: 'stated', EnterpriseRegistrationCorrected: 'restated', EnterpriseRegistrationVoided: 'voided', EnterpriseDissolved: 'restated', EnterpriseDissolutionCorrected: 'restated', EnterpriseDissolutionVoided: 'restated' },
});

/** 龙头企业认定: level and validity; to = the day after the last valid one. */
export const recognition = defineFact({
  kind: 'recognition',
  shape: 'period',
  service: 'enterprise',
  subject: 'enterpriseId',
  attributes: { enterpriseId: Id, level: oneOf(RECOGNITION_LEVELS), batch: Type.Optional(Label), documentNo: Type.Optional(Label) },
  example: { factId: 'f-21', from: '2021-01-01', to: '2023-01-01', enterpriseId: 'e-1', level: 'COUNTY' },
  events: { EnterpriseRecognised: 'stated', EnterpriseRecognitionEnded: 'restated', EnterpriseRecognitionCorrected: 'restated', EnterpriseRecognitionVoided: 'voided' },
});

/** 合作社绑定龙头企业. */
export const link = defineFact({
  kind: 'link',
  shape: 'period',
  service: 'enterprise',
  subject: 'cooperativeId',
  attributes: { cooperativeId: Id, enterpriseId: Id },
  example: { factId: 'n-1', from: '2022-01-01', to: null, cooperativeId: 'c-1', enterpriseId: 'e-1' },
  events: { CoopEnterpriseBound: 'stated', CoopEnterpriseUnbound: 'restated', CoopEnterpriseBindingCorrected: 'restated', CoopEnterpriseBindingVoided: 'voided' },
});

/** 订单合同: its period; what was agreed stands on its lines. */
export const contract = defineFact({
  kind: 'contract',
  shape: 'period',
  service: 'enterprise',
  subject: 'contractId',
  attributes: { contractId: Id, cooperativeId: Id, enterpriseId: Id, contractNo: Type.Optional(Label) },
  example: { factId: 'o-1', from: '2022-01-01', to: '2023-01-01', contractId: 'o-1', cooperativeId: 'c-1', enterpriseId: 'e-1' },
  events: { ContractSigned: 'stated', ContractAmended: 'restated', ContractTerminated: 'restated', ContractCorrected: 'restated', ContractVoided: 'voided' },
});

/** 合同行: quantity and area of one crop by one due date. A flow on its signing day; amended by later versions. */
export const contractLine = defineFact({
  kind: 'line',
  shape: 'flow',
  service: 'enterprise',
  subject: 'contractId',
  attributes: { contractId: Id, lineId: Id, cooperativeId: Id, enterpriseId: Id, crop: Label, quantity: Weight, area: Area, due: Day },
  example: { factId: 'o-1.1', from: '2022-01-01', contractId: 'o-1', lineId: 'o-1.1', cooperativeId: 'c-1', enterpriseId: 'e-1', crop: '桃', quantity: 100_000_000, area: 10_000, due: '2022-06-30' },
  events: { ContractLineAgreed: 'stated', ContractLineAmended: 'restated', ContractLineVoided: 'voided' },
});

/** 交付 (过磅单). */
export const delivery = defineFact({
  kind: 'delivery',
  shape: 'flow',
  service: 'enterprise',
  subject: 'contractId',
  attributes: { contractId: Id, lineId: Id, cooperativeId: Id, enterpriseId: Id, crop: Label, weight: Weight, ticket: Type.Optional(Label) },
  example: { factId: 'd-1', from: '2022-06-20', contractId: 'o-1', lineId: 'o-1.1', cooperativeId: 'c-1', enterpriseId: 'e-1', crop: '桃', weight: 5_000_000 },
  events: { DeliveryRecorded: 'stated', DeliveryCorrected: 'restated', DeliveryVoided: 'voided' },
});

const code = { creditCode: Type.String({ pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$' }), enterpriseId: Id };
/** One enterprise per credit code. */
export const EnterpriseCodeReserved = defineEvent('EnterpriseCodeReserved', { service: 'enterprise', data: code, example: { creditCode: '91410308XX0000019P', enterpriseId: 'e-1' } });
export const EnterpriseCodeReleased = defineEvent('EnterpriseCodeReleased', { service: 'enterprise', data: code, example: { creditCode: '91410308XX0000019P', enterpriseId: 'e-1' } });

const slot = { linkId: Id, cooperativeId: Id, enterpriseId: Id };
/** One link per cooperative × enterprise at a time: which days one holds. */
export const CoopEnterpriseSlotTaken = defineEvent('CoopEnterpriseSlotTaken', {
  service: 'enterprise',
  data: { ...slot, from: Day, to: Until },
  example: { linkId: 'n-1', cooperativeId: 'c-1', enterpriseId: 'e-1', from: '2022-01-01', to: null },
});
export const CoopEnterpriseSlotFreed = defineEvent('CoopEnterpriseSlotFreed', { service: 'enterprise', data: slot, example: { linkId: 'n-1', cooperativeId: 'c-1', enterpriseId: 'e-1' } });

const ticket = { ticket: Label, enterpriseId: Id, deliveryId: Id };
/** 过磅单: one weigh ticket of an enterprise stands for one delivery. */
export const WeighTicketTaken = defineEvent('WeighTicketTaken', { service: 'enterprise', data: ticket, example: { ticket: 'GB-0001', enterpriseId: 'e-1', deliveryId: 'd-1' } });
export const WeighTicketFreed = defineEvent('WeighTicketFreed', { service: 'enterprise', data: ticket, example: { ticket: 'GB-0001', enterpriseId: 'e-1', deliveryId: 'd-1' } });

export type EnterpriseData = FactData<typeof enterprise>;
export type RecognitionData = FactData<typeof recognition>;
export type LinkData = FactData<typeof link>;
export type ContractData = FactData<typeof contract>;
export type ContractLineData = FactData<typeof contractLine>;
export type DeliveryData = FactData<typeof delivery>;
