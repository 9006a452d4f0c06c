import { corrected, enterprise as fact, type EnterpriseData, IsDay, IsId, IsLabel } from '#contracts';
import { defineCommand, emit, type Emission, isRefusal, type Loaded, need, refusal, type Refusal } from '#decider';
import { checkCreditCode, problemText } from '#standards';
import { IsOptional, IsString } from 'class-validator';
import { CODE_REFUSALS, codeStream, type Holder, release, reserve, takenByAnother } from './credit-code.js';
import { ENDS_TOO_EARLY, enterprise, NOT_REGISTERED, placesOf } from './enterprise.js';
import { REGISTRARS } from './register-enterprise.js';

export class CorrectRegistration {
  @IsId() enterpriseId: string;
  @IsOptional() @IsString() creditCode?: string;
  @IsOptional() @IsLabel() name?: string;
  @IsOptional() @IsId() villageId?: string;
  @IsOptional() @IsDay() validFrom?: string;
}

/** The code it is now, and the emissions that give the old one back and take the new one. */
const exchange = (now: EnterpriseData, typed: string | undefined, [old, next]: readonly Loaded<Holder>[], day: string): { code: string; emissions: Emission[] } | Refusal<keyof typeof CODE_REFUSALS> => {
  if (typed === undefined) return { code: now.creditCode, emissions: [] };
  const checked = checkCreditCode(typed);
  if (!checked.ok) return refusal('wrong-credit-code', problemText(checked.code));
  if (!old || !next) return { code: now.creditCode, emissions: [] };
  if (takenByAnother(next, now.enterpriseId)) return refusal('code-taken');
  return { code: checked.value, emissions: [...release(old, now.enterpriseId, day), ...reserve(next, now.enterpriseId, day)] };
};

/** 更正企业登记: name, credit code, village or first day were entered wrongly. */
export const correctRegistration = defineCommand({
  name: 'correct-enterprise-registration',
  title: { zh: '更正企业登记', en: "Correct an enterprise's registration" },
  input: CorrectRegistration,
  example: { enterpriseId: 'e-1', name: '测试01龙头企业' },
  streams: (input, known) => {
    const ref = enterprise.at(input.enterpriseId);
    const now = known(ref)?.registration;
    const both = now && input.creditCode !== undefined ? [codeStream(now.creditCode, ref.id), codeStream(input.creditCode, ref.id)] : [];
    return { enterprise: ref, codes: both[0]?.key === both[1]?.key ? [] : both };
  },
  needs: (input) => ({ villages: input.villageId === undefined ? [] : [need('village', input.villageId)] }),
  may: { roles: REGISTRARS, on: ({ states }) => placesOf(states.enterprise) },
  refusals: { ...CODE_REFUSALS, 'not-registered': NOT_REGISTERED, 'ends-before-it-begins': ENDS_TOO_EARLY },
  decide: ({ input, states, today, refuse }) => {
    const now = states.enterprise.state.registration;
    if (!now) return refuse('not-registered');
    const exchanged = exchange(now, input.creditCode, states.codes, today);
    if (isRefusal(exchanged)) return exchanged;
    const next = corrected(now, { creditCode: exchanged.code, name: input.name, villageId: input.villageId, from: input.validFrom });
    if (!next) return [];
    if (next.to !== null && next.from >= next.to) return refuse('ends-before-it-begins');
    return [...emit(states.enterprise, fact.events.EnterpriseRegistrationCorrected.of(next, next.from)), ...exchanged.emissions];
  },
});
