import { CooperativeCodeReleased, CooperativeCodeReserved, type RegistrationData } from '#contracts';
import { defineStream, emit, type Emission, type Loaded, type StreamRef } from '#decider';
import { checkCreditCode } from '#standards';
import { cooperative } from './cooperative.js';

interface Holder {
  readonly cooperativeId: string | null;
}

/** 统一社会信用代码: held by one cooperative at a time, so that none is registered twice. */
export const creditCode = defineStream<Holder, ReturnType<typeof CooperativeCodeReserved.of>>({
  name: 'cooperative_code',
  initial: { cooperativeId: null },
  evolve: (_, event) => ({ cooperativeId: event.type === CooperativeCodeReserved.type ? event.data.cooperativeId : null }),
});

/** The stream of a code as it was typed; a wrong code has a stream that is never written. */
export const codeStream = (typed: string, cooperativeId: string): StreamRef<Holder> => {
  const checked = checkCreditCode(typed);
  return creditCode.at(checked.ok ? checked.value : 'wrong', cooperative.at(cooperativeId).key);
};

type Code = Loaded<Holder>;
export const takenByAnother = (code: Code, cooperativeId: string): boolean =>
  code.state.cooperativeId !== null && code.state.cooperativeId !== cooperativeId;

export const reserve = (code: Code, cooperativeId: string, day: string): Emission[] =>
  emit(code, CooperativeCodeReserved.of({ creditCode: code.ref.id, cooperativeId }, day));
export const release = (code: Code, cooperativeId: string, day: string): Emission[] =>
  emit(code, CooperativeCodeReleased.of({ creditCode: code.ref.id, cooperativeId }, day));

/** 93: farmer cooperatives and their unions; N1 to N3: collective organisations; family farms are registered in several ways. */
export const fitsKind = (code: string, kind: RegistrationData['kind']): boolean =>
  kind === 'FAMILY_FARM' || (kind === 'COLLECTIVE' ? /^N[123]/.test(code) : code.startsWith('93'));

export const CODE_REFUSALS = {
  'wrong-credit-code': { zh: '统一社会信用代码不正确:{reason}', en: 'not a valid credit code: {reasonEn}' },
  'code-of-another-kind': { zh: '信用代码的前缀与组织类型不符', en: 'the prefix of the credit code does not fit this kind of organisation' },
  'code-taken': { zh: '该信用代码已由另一家合作社登记', en: 'another cooperative is registered with this credit code' },
} as const;
