import { IsDay, IsId, IsLabel, IsOneOf, overlap, recognition, type RecognitionData, type RecognitionLevel, RECOGNITION_LEVELS, type Standing, standingOnes } from '#contracts';
import { defineCommand, emit } from '#decider';
import { addDays } from '#standards';
import { IsOptional } from 'class-validator';
import { ENDS_TOO_EARLY, enterprise, NOT_REGISTERED, placesOf } from '../registration/enterprise.js';

export const RECOGNISERS = ['DISTRICT_OFFICIAL'] as const;

export class RecogniseEnterprise {
  @IsId() enterpriseId: string;
  /** 国家级, 省级, 市级, 县级 */
  @IsOneOf(RECOGNITION_LEVELS) level: RecognitionLevel;
  @IsDay() validFrom: string;
  /** Last valid day, as the document says; open when left out. */
  @IsOptional() @IsDay() validThrough?: string;
  @IsOptional() @IsLabel() batch?: string;
  /** 文号 */
  @IsOptional() @IsLabel() documentNo?: string;
}

/** Two recognitions of one level never cover the same day; of two levels they may, and the highest counts. */
export const sameLevelThen = (next: RecognitionData, all: Standing<RecognitionData>): boolean =>
  standingOnes(all).some((other) => other.factId !== next.factId && other.level === next.level && overlap(other, next));

export const ALREADY_RECOGNISED = { zh: '同级认定在这段时间内已存在', en: 'it is recognised at this level in that time already' };

/** 龙头企业认定: recognised at a level for a time; it leads on each day within. */
export const recogniseEnterprise = defineCommand({
  name: 'recognise-enterprise',
  title: { zh: '认定龙头企业', en: 'Recognise a leading enterprise' },
  input: RecogniseEnterprise,
  example: { enterpriseId: 'e-1', level: 'COUNTY', validFrom: '2021-01-01', validThrough: '2022-12-31' },
  streams: (input) => ({ enterprise: enterprise.at(input.enterpriseId) }),
  may: { roles: RECOGNISERS, on: ({ states }) => placesOf(states.enterprise) },
  refusals: { 'not-registered': NOT_REGISTERED, 'ends-before-it-begins': ENDS_TOO_EARLY, 'already-recognised': ALREADY_RECOGNISED },
  decide: ({ input: { enterpriseId, level, validFrom: from, validThrough, batch, documentNo }, states, refuse }) => {
    const { registration, recognitions } = states.enterprise.state;
    if (!registration) return refuse('not-registered');
    const to = validThrough === undefined ? null : addDays(validThrough, 1);
    if (to !== null && to <= from) return refuse('ends-before-it-begins');
    const next: RecognitionData = { factId: `${enterpriseId}.recognition.${recognitions.made + 1}`, from, to, enterpriseId, level, ...(batch ? { batch } : {}), ...(documentNo ? { documentNo } : {}) };
    if (sameLevelThen(next, recognitions)) return refuse('already-recognised');
    return emit(states.enterprise, recognition.events.EnterpriseRecognised.of(next, from));
  },
});
