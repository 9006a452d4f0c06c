import { COOPERATIVE_KINDS, type CooperativeKind, IsDay, IsId, IsLabel, IsNewId, IsOneOf, OFFICIALS, products, registration, seat } from '#contracts';
import { defineCommand, emit, need } from '#decider';
import { checkCreditCode, problemText } from '#standards';
import { ArrayMaxSize, IsArray, IsOptional, IsString } from 'class-validator';
import { cooperative, nextKey } from './cooperative.js';
import { CODE_REFUSALS, codeStream, fitsKind, reserve, takenByAnother } from './credit-code.js';

export class RegisterCooperative {
  /** Left out: made by the service. */
  @IsOptional() @IsNewId() id: string;
  @IsString() creditCode: string;
  @IsOneOf(COOPERATIVE_KINDS) kind: CooperativeKind;
  @IsLabel() name: string;
  /** 住所地 */
  @IsId() villageId: string;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @IsLabel({ each: true }) products?: string[];
  /** First day of the registration; today when left out. */
  @IsOptional() @IsDay() validFrom?: string;
}

/** 合作社登记: a cooperative is registered once per credit code, with its seat and what it makes. */
export const registerCooperative = defineCommand({
  name: 'register-cooperative',
  title: { zh: '登记合作社', en: 'Register a cooperative' },
  input: RegisterCooperative,
  example: { id: 'c-1', creditCode: '93410308XX0000019H', kind: 'SPECIALIZED', name: '测试01合作社', villageId: 'r-410308103210', products: ['桃'], validFrom: '2019-05-01' },
  streams: (input) => ({ cooperative: cooperative.at(input.id), code: codeStream(input.creditCode, input.id) }),
  needs: (input) => ({ village: need('village', input.villageId) }),
  may: { roles: OFFICIALS, on: ({ input }) => [{ village: input.villageId }] },
  refusals: { ...CODE_REFUSALS, 'id-taken': { zh: '编号 {id} 已被使用', en: 'the id {id} is taken' } },
  decide: ({ input, states, today, refuse }) => {
    const code = checkCreditCode(input.creditCode);
    if (!code.ok) return refuse('wrong-credit-code', problemText(code.code));
    if (!fitsKind(code.value, input.kind)) return refuse('code-of-another-kind');
    if (states.cooperative.version > 0) return refuse('id-taken', { id: input.id });
    if (takenByAnother(states.code, input.id)) return refuse('code-taken');
    const [from, cooperativeId] = [input.validFrom ?? today, input.id];
    const { seats, products: made } = states.cooperative.state;
    return [
      ...emit(
        states.cooperative,
        registration.events.CooperativeRegistered.of({ factId: `${cooperativeId}.registration`, from, to: null, cooperativeId, creditCode: code.value, kind: input.kind, name: input.name }, from),
        seat.events.CooperativeSeated.of({ factId: nextKey(cooperativeId, 'seat', seats), from, cooperativeId, villageId: input.villageId }, from),
        ...(input.products ? [products.events.CooperativeProductsStated.of({ factId: nextKey(cooperativeId, 'products', made), from, cooperativeId, products: input.products }, from)] : []),
      ),
      ...reserve(states.code, cooperativeId, from),
    ];
  },
});
