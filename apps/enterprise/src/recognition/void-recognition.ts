import { IsId, recognition } from '#contracts';
import { defineCommand, emit } from '#decider';
import { enterprise, placesOf } from '../registration/enterprise.js';
import { NO_RECOGNITION } from './end-recognition.js';
import { RECOGNISERS } from './recognise-enterprise.js';

export class VoidRecognition {
  @IsId() enterpriseId: string;
  @IsId() recognitionId: string;
}

/** 认定作废: it was never recognised so. */
export const voidRecognition = defineCommand({
  name: 'void-recognition',
  title: { zh: '作废龙头企业认定', en: 'Void a recognition' },
  input: VoidRecognition,
  example: { enterpriseId: 'e-1', recognitionId: 'e-1.recognition.1' },
  streams: (input) => ({ enterprise: enterprise.at(input.enterpriseId) }),
  may: { roles: RECOGNISERS, on: ({ states }) => placesOf(states.enterprise) },
  refusals: { 'no-such-recognition': NO_RECOGNITION },
  decide: ({ input, states, refuse }) => {
    const { recognitions, registration } = states.enterprise.state;
    const now = recognitions.byKey.get(input.recognitionId);
    if (!now || !registration) return refuse('no-such-recognition');
    return emit(states.enterprise, recognition.events.EnterpriseRecognitionVoided.of(now, now.from));
  },
});
