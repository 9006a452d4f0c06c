import { enterprise as fact, type EnterpriseData, NONE, recognition, type RecognitionData, stand, type Standing } from '#contracts';
import { defineStream, type Loaded, type Place } from '#decider';

/** 企业: its registration, and its recognitions as a leading enterprise. */
export interface EnterpriseState {
  /** null while never registered, and when registered in error. */
  readonly registration: EnterpriseData | null;
  readonly recognitions: Standing<RecognitionData>;
}

export const enterprise = defineStream<EnterpriseState>({
  name: 'enterprise',
  initial: { registration: null, recognitions: NONE },
  evolve: (state, event) => {
    const effect = fact.effects[event.type as keyof typeof fact.effects];
    if (!effect) return { ...state, recognitions: stand(state.recognitions, recognition, event) };
    return { ...state, registration: effect === 'voided' ? null : (event.data as EnterpriseData) };
  },
});

/** Where a command on an enterprise acts: itself, and its village. */
export const placesOf = ({ ref, state }: Loaded<EnterpriseState>): Place[] => [
  { enterprise: ref.id },
  ...(state.registration ? [{ village: state.registration.villageId }] : []),
];

export const NOT_REGISTERED = { zh: '没有登记过这家企业,或其登记已作废', en: 'no such enterprise, or its registration is void' };
export const ENDS_TOO_EARLY = { zh: '结束日期早于开始日期', en: 'it cannot end before it begins' };
