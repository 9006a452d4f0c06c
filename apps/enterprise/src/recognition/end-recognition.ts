import { IsDay, IsId, recognition } from '#contracts';
import { defineCommand, emit } from '#decider';
import { addDays } from '#standards';
import { ENDS_TOO_EARLY, enterprise, placesOf } from '../registration/enterprise.js';
import { RECOGNISERS } from './recognise-enterprise.js';

export class EndRecognition {
  @IsId() enterpriseId: string;
  @IsId() recognitionId: string;
  /** Last valid day. */
  @IsDay() validThrough: string;
}

export const NO_RECOGNITION = { zh: '没有这条认定,或已作废', en: 'no such recognition, or it is void' };

/** 取消认定: recognised through this day, earlier than was granted (监测不合格). */
export const endRecognition = defineCommand({
  name: 'end-recognition',
  title: { zh: '取消龙头企业认定', en: 'End a recognition' },
  input: EndRecognition,
  example: { enterpriseId: 'e-1', recognitionId: 'e-1.recognition.1', validThrough: '2022-06-30' },
  streams: (input) => ({ enterprise: enterprise.at(input.enterpriseId) }),
  may: { roles: RECOGNISERS, on: ({ states }) => placesOf(states.enterprise) },
  refusals: {
    'no-such-recognition': NO_RECOGNITION,
    'ends-before-it-begins': ENDS_TOO_EARLY,
    'ended-before': { zh: '认定已于 {day} 到期;延长请更正或另行认定', en: 'it ended on {day} already; to prolong it, correct it or recognise anew' },
  },
  decide: ({ input, states, refuse }) => {
    const now = states.enterprise.state.recognitions.byKey.get(input.recognitionId);
    if (!now || !states.enterprise.state.registration) return refuse('no-such-recognition');
    if (input.validThrough < now.from) return refuse('ends-before-it-begins');
    const to = addDays(input.validThrough, 1);
    if (now.to !== null && to >= now.to) return refuse('ended-before', { day: addDays(now.to, -1) });
    return emit(states.enterprise, recognition.events.EnterpriseRecognitionEnded.of({ ...now, to }, input.validThrough));
  },
});
