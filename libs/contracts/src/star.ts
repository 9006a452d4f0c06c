import { Type } from '@sinclair/typebox';
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
    /** A criterion id (`TI-1`) or an input name (`leading-product`, `TI-4.profile`). */
    criterion: Label,
    value: Type.Union([Type.Number(), Type.Boolean(), Type.String({ maxLength: 100 })]),
    evidence: Type.Optional(Type.String({ maxLength: 500 })),
  },
  example: { factId: 's-1', from: '2022-06-30', villageId: 'r-410308103210', year: 2022, criterion: 'TI-1', value: 62 },
  events: { StarValueEntered: 'stated', StarValueCorrected: 'restated', StarValueVoided: 'voided' },
});

/** 标准表: a versioned set of criteria, as data; never edited, only followed by a later version. */
export const StandardSheetPublished = defineEvent('StandardSheetPublished', {
  service: 'star',
  data: { sheetId: Id, star: oneOf(STAR_KINDS), version: Type.Integer({ minimum: 1 }), year: Type.Integer(), title: Label, criteria: Type.Array(Type.Unknown()) },
  example: { sheetId: 'ti-2022', star: 'THRIVING_INDUSTRY', version: 1, year: 2022, title: '产业兴旺星标准表', criteria: [] },
});

/** One village's star on one day, by one version of the criteria; past results are kept. */
export const StarScored = defineEvent('StarScored', {
  service: 'star',
  data: {
    villageId: Id,
    year: Type.Integer(),
    star: oneOf(STAR_KINDS),
    asOf: Day,
    sheetId: Id,
    sheetVersion: Type.Integer(),
    result: oneOf(['MET', 'NOT_MET', 'UNKNOWN']),
    explanation: Type.Array(Type.Unknown()),
  },
  example: { villageId: 'r-410308103210', year: 2022, star: 'THRIVING_INDUSTRY', asOf: '2022-07-18', sheetId: 'ti-2022', sheetVersion: 1, result: 'MET', explanation: [] },
});

export type StarValueData = FactData<typeof starValue>;
