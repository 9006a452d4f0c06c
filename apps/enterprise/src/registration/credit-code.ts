import { EnterpriseCodeReleased, EnterpriseCodeReserved } from '#contracts';
import { defineStream, emit, type Emission, type Loaded, type StreamRef } from '#decider';
import { checkCreditCode } from '#standards';
import { enterprise } from './enterprise.js';

export interface Holder {
  readonly enterpriseId: string | null;
}

/** 统一社会信用代码: held by one enterprise at a time, so that none is registered twice. */
const creditCode = defineStream<Holder, ReturnType<typeof EnterpriseCodeReserved.of>>({
  name: 'enterprise_code',
  initial: { enterpriseId: null },
  evolve: (_, event) => ({ enterpriseId: event.type === EnterpriseCodeReserved.type ? event.data.enterpriseId : null }),
});

/** The stream of a code as it was typed; a wrong code has a stream that is never written. */
export const codeStream = (typed: string, enterpriseId: string): StreamRef<Holder> => {
  const checked = checkCreditCode(typed);
  return creditCode.at(checked.ok ? checked.value : 'wrong', enterprise.at(enterpriseId).key);
};

export const takenByAnother = ({ state }: Loaded<Holder>, enterpriseId: string): boolean => state.enterpriseId !== null && state.enterpriseId !== enterpriseId;
export const reserve = (code: Loaded<Holder>, enterpriseId: string, day: string): Emission[] =>
  emit(code, EnterpriseCodeReserved.of({ creditCode: code.ref.id, enterpriseId }, day));
export const release = (code: Loaded<Holder>, enterpriseId: string, day: string): Emission[] =>
  emit(code, EnterpriseCodeReleased.of({ creditCode: code.ref.id, enterpriseId }, day));

export const CODE_REFUSALS = {
  'wrong-credit-code': { zh: '统一社会信用代码不正确:{reason}', en: 'not a valid credit code: {reasonEn}' },
  'code-taken': { zh: '该信用代码已由另一家企业登记', en: 'another enterprise is registered with this credit code' },
} as const;
