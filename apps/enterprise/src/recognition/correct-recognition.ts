import { corrected, IsDay, IsId, IsLabel, IsOneOf, recognition, type RecognitionLevel, RECOGNITION_LEVELS } from '#contracts';
import { defineCommand, emit } from '#decider';
import { addDays } from '#standards';
import { IsBoolean, IsOptional } from 'class-validator';
import { ENDS_TOO_EARLY, enterprise, placesOf } from '../registration/enterprise.js';
import { NO_RECOGNITION } from './end-recognition.js';
import { ALREADY_RECOGNISED, RECOGNISERS, sameLevelThen } from './recognise-enterprise.js';

export class CorrectRecognition {
  @IsId() enterpriseId: string;
  @IsId() recognitionId: string;
  @IsOptional() @IsOneOf(RECOGNITION_LEVELS) level?: RecognitionLevel;
  @IsOptional() @IsDay() validFrom?: string;
  @IsOptional() @IsDay() validThrough?: string;
  /** true: it has no last day. */
  @IsOptional() @IsBoolean() open?: boolean;
  @IsOptional() @IsLabel() batch?: string;
  @IsOptional() @IsLabel() documentNo?: string;
}

/** The end that was given: a last day, none, or nothing said. */
export const endOf = ({ open, validThrough }: { open?: boolean; validThrough?: string }): string | null | undefined => {
  if (open) return null;
  return validThrough === undefined ? undefined : addDays(validThrough, 1);
};

/** 更正认定: level, validity or document were entered wrongly. */
export const correctRecognition = defineCommand({
  name: 'correct-recognition',
  title: { zh: '更正龙头企业认定', en: 'Correct a recognition' },
  input: CorrectRecognition,
  example: { enterpriseId: 'e-1', recognitionId: 'e-1.recognition.1', level: 'MUNICIPAL' },
  streams: (input) => ({ enterprise: enterprise.at(input.enterpriseId) }),
  may: { roles: RECOGNISERS, on: ({ states }) => placesOf(states.enterprise) },
  refusals: { 'no-such-recognition': NO_RECOGNITION, 'ends-before-it-begins': ENDS_TOO_EARLY, 'already-recognised': ALREADY_RECOGNISED },
  decide: ({ input, states, refuse }) => {
    const { recognitions, registration } = states.enterprise.state;
    const now = recognitions.byKey.get(input.recognitionId);
    if (!now || !registration) return refuse('no-such-recognition');
    const { level, validFrom: from, batch, documentNo } = input;
    const next = corrected(now, { level, from, to: endOf(input), batch, documentNo });
    if (!next) return [];
    if (next.to !== null && next.to <= next.from) return refuse('ends-before-it-begins');
    if (sameLevelThen(next, recognitions)) return refuse('already-recognised');
    return emit(states.enterprise, recognition.events.EnterpriseRecognitionCorrected.of(next, next.from));
  },
});
