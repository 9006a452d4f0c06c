import { enterprise as fact, IsDay, IsId, IsLabel, IsNewId } from '#contracts';
import { defineCommand, emit, need } from '#decider';
import { checkCreditCode, problemText } from '#standards';
import { IsOptional, IsString } from 'class-validator';
import { CODE_REFUSALS, codeStream, reserve, takenByAnother } from './credit-code.js';
import { enterprise } from './enterprise.js';

export const REGISTRARS = ['TOWN_OFFICIAL', 'DISTRICT_OFFICIAL'] as const;

export class RegisterEnterprise {
  /** Left out: made by the service. */
  @IsOptional() @IsNewId() id: string;
  @IsString() creditCode: string;
  @IsLabel() name: string;
  /** 住所地 */
  @IsId() villageId: string;
  /** First day of the registration; today when left out. */
  @IsOptional() @IsDay() validFrom?: string;
}

/** 企业登记: an enterprise is registered once per credit code; whether it leads is said by a recognition. */
export const registerEnterprise = defineCommand({
  name: 'register-enterprise',
  title: { zh: '登记企业', en: 'Register an enterprise' },
  input: RegisterEnterprise,
  example: { id: 'e-1', creditCode: '91410308XX0000019P', name: '测试01龙头企业', villageId: 'r-410308103214', validFrom: '2015-01-01' },
  streams: (input) => ({ enterprise: enterprise.at(input.id), code: codeStream(input.creditCode, input.id) }),
  needs: (input) => ({ village: need('village', input.villageId) }),
  may: { roles: REGISTRARS, on: ({ input }) => [{ village: input.villageId }] },
  refusals: { ...CODE_REFUSALS, 'id-taken': { zh: '编号 {id} 已被使用', en: 'the id {id} is taken' } },
  decide: ({ input: { id, creditCode, name, villageId, validFrom }, states, today, refuse }) => {
    const code = checkCreditCode(creditCode);
    if (!code.ok) return refuse('wrong-credit-code', problemText(code.code));
    if (states.enterprise.version > 0) return refuse('id-taken', { id });
    if (takenByAnother(states.code, id)) return refuse('code-taken');
    const from = validFrom ?? today;
    const registered = { factId: `${id}.registration`, from, to: null, enterpriseId: id, creditCode: code.value, name, villageId };
    return [...emit(states.enterprise, fact.events.EnterpriseRegistered.of(registered, from)), ...reserve(states.code, id, from)];
  },
});
