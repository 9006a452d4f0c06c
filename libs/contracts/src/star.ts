import { Type } from '@sinclair/typebox';
import { Criterion, Explained, OUTCOMES, Words } from './criteria.js';
import { defineEvent } from './event.js';
import { defineFact, type FactData } from './fact.js';
import { Day, Id, Label, oneOf } from './fields.js';

export const STAR_KINDS = ['THRIVING_INDUSTRY', 'LIVABLE_ECOLOGY', 'SAFE_LAWFUL', 'CIVIL_HAPPY', 'SOLID_BRANCH'] as const;
export type StarKind = (typeof STAR_KINDS)[number];

/** A value entered for one village, year and criterion, with its evidence: a number, yes or no, or a product's name. */
export const starValue = defineFact({
  kind: 'star-value',
  shape: 'series',
  service: 'star',
  subject: 'villageId',
  attributes: {
    villageId: Id,
    year: Type.Integer({ minimum: 2000, maximum: 2100 }),
    /** Name of an input that a standard sheet asks for: `TI-1`, `TI-4.profile`, `leading-product`. */
    criterion: Label,
    value: Type.Union([Type.Number(), Type.Boolean(), Type.String({ maxLength: 100 })]),
    /** What proves it: a document's number, a notice. Without it the value counts as unknown. No personal data. */
    evidence: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  },
  example: { factId: 's-1', from: '2022-06-30', villageId: 'r-410308103210', year: 2022, criterion: 'TI-1', value: 62, evidence: '统计台账2022-06' },
  events: { StarValueEntered: 'stated', StarValueCorrected: 'restated', StarValueVoided: 'voided' },
});

/** 标准表: a versioned set of criteria, as data; never edited, only followed by a later version. */
export const StandardSheetPublished = defineEvent('StandardSheetPublished', {
  service: 'star',
  data: {
    sheetId: Id,
    star: oneOf(STAR_KINDS),
    /** 1, 2, 3 … for each star. In force on a day is the highest version whose `from` is not later. */
    version: Type.Integer({ minimum: 1 }),
    from: Day,
    title: Words,
    criteria: Type.Array(Criterion, { minItems: 1, maxItems: 50 }),
  },
  example: {
    sheetId: 'THRIVING_INDUSTRY.1', star: 'THRIVING_INDUSTRY', version: 1, from: '2022-01-01', title: { zh: '产业兴旺星标准表', en: 'Industry star' },
    criteria: [{
      id: 'TI-1', title: { zh: '主导产业产值占比', en: 'Share of the leading industry in output' }, mandatory: true, weight: 15,
      tests: [{ kind: 'ENTERED_NUMBER', input: 'TI-1', unit: { zh: '%', en: '%' }, comparison: 'AT_LEAST', threshold: { kind: 'FIXED', value: 50 } }],
    }],
  },
});

/** 评星: one village's star on one day, by one version of the criteria; past results are kept. */
export const StarScored = defineEvent('StarScored', {
  service: 'star',
  data: {
    villageId: Id,
    year: Type.Integer(),
    star: oneOf(STAR_KINDS),
    asOf: Day,
    sheetId: Id,
    sheetVersion: Type.Integer(),
    result: oneOf(OUTCOMES),
    /** Weight of the criteria met, in percent of all weights, rounded down. */
    progress: Type.Integer({ minimum: 0, maximum: 100 }),
    explanation: Type.Array(Explained),
  },
  example: {
    villageId: 'r-410308103210', year: 2022, star: 'THRIVING_INDUSTRY', asOf: '2022-07-18', sheetId: 'THRIVING_INDUSTRY.1', sheetVersion: 1, result: 'MET', progress: 100,
    explanation: [{
      criterion: 'TI-1', outcome: 'MET',
      tests: [{ outcome: 'MET', value: 62, threshold: 50, missing: [], entered: [{ input: 'TI-1', valueId: 's-1', value: 62 }], figures: [] }],
    }],
  },
});

export type StarValueData = FactData<typeof starValue>;
export type StandardSheet = (typeof StandardSheetPublished)['example'];
export type StarResult = (typeof StarScored)['example'];
export type EnteredValue = StarValueData['value'];
