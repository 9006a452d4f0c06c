import { COOPERATIVE_KINDS, type CooperativeKind, corrected, IsDay, IsId, IsLabel, IsOneOf, OFFICIALS, registration, type RegistrationData } from '#contracts';
import { defineCommand, emit, isRefusal, type Emission, type Loaded, refusal, type Refusal } from '#decider';
import { checkCreditCode, problemText } from '#standards';
import { IsOptional, IsString } from 'class-validator';
import { cooperative, NOT_REGISTERED, placesOf } from './cooperative.js';
import { CODE_REFUSALS, codeStream, fitsKind, release, reserve, takenByAnother } from './credit-code.js';

export class CorrectRegistration {
  @IsId() cooperativeId: string;
  @IsOptional() @IsString() creditCode?: string;
  @IsOptional() @IsOneOf(COOPERATIVE_KINDS) kind?: CooperativeKind;
  @IsOptional() @IsLabel() name?: string;
  @IsOptional() @IsDay() validFrom?: string;
}

type Code = Loaded<{ readonly cooperativeId: string | null }>;
/** The code it is now, and the emissions that give the old one back and take the new one. */
const exchange = (now: RegistrationData, typed: string | undefined, [old, next]: readonly Code[], day: string): { code: string; emissions: Emission[] } | Refusal<keyof typeof CODE_REFUSALS> => {
  if (typed === undefined) return { code: now.creditCode, emissions: [] };
  const checked = checkCreditCode(typed);
  if (!checked.ok) return refusal('wrong-credit-code', problemText(checked.code));
  if (!old || !next) return { code: now.creditCode, emissions: [] };
  if (takenByAnother(next, now.cooperativeId)) return refusal('code-taken');
  return { code: checked.value, emissions: [...release(old, now.cooperativeId, day), ...reserve(next, now.cooperativeId, day)] };
};

/** 更正登记: name, kind, credit code or first day were entered wrongly; they read as corrected from the first day on. */
export const correctRegistration = defineCommand({
  name: 'correct-registration',
  title: { zh: '更正合作社登记', en: "Correct a cooperative's registration" },
  input: CorrectRegistration,
  example: { cooperativeId: 'c-1', name: '测试01合作社' },
  streams: (input, known) => {
    const ref = cooperative.at(input.cooperativeId);
    const now = known(ref)?.registration;
    const both = now && input.creditCode !== undefined ? [codeStream(now.creditCode, ref.id), codeStream(input.creditCode, ref.id)] : [];
    return { cooperative: ref, codes: both[0]?.key === both[1]?.key ? [] : both };
  },
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.cooperative) },
  refusals: {
    ...CODE_REFUSALS,
    'not-registered': NOT_REGISTERED,
    'begins-after-it-ends': { zh: '开始日期须早于注销日期', en: 'it must begin before it is dissolved' },
  },
  decide: ({ input, states, today, refuse }) => {
    const now = states.cooperative.state.registration;
    if (!now) return refuse('not-registered');
    const exchanged = exchange(now, input.creditCode, states.codes, today);
    if (isRefusal(exchanged)) return exchanged;
    const next = corrected(now, { creditCode: exchanged.code, kind: input.kind, name: input.name, from: input.validFrom });
    if (!next) return [];
    if (!fitsKind(next.creditCode, next.kind)) return refuse('code-of-another-kind');
    if (next.to !== null && next.from >= next.to) return refuse('begins-after-it-ends');
    return [...emit(states.cooperative, registration.events.CooperativeRegistrationCorrected.of(next, next.from)), ...exchanged.emissions];
  },
});
