import { contract as fact, type ContractData, contractLine, type ContractLineData, IsAmount, IsDay, IsId, IsLabel, IsNewId } from '#contracts';
import { defineCommand, emit } from '#decider';
import { addDays } from '#standards';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, ValidateNested } from 'class-validator';
import { dissolvedBefore, PARTIES, partiesOf, placesOf, SIDE_DISSOLVED } from '../known/parties.js';
import { ENDS_TOO_EARLY } from '../registration/enterprise.js';
import { contract } from './contract.js';
import { grams, IsUnit, IsWeighed, type Unit } from './weighed.js';

/** 合同行 */
export class AgreedLine {
  /** Left out: numbered within the contract. */
  @IsOptional() @IsNewId() id?: string;
  @IsLabel() crop: string;
  /** In the unit given; grams when none is. */
  @IsWeighed() quantity: number;
  @IsUnit() unit?: Unit;
  /** Hundredths of a 亩. */
  @IsAmount() area: number;
  /** Day by which it is to be delivered. */
  @IsDay() due: string;
}

export class SignContract {
  /** Left out: made by the service. */
  @IsOptional() @IsNewId() id: string;
  @IsId() cooperativeId: string;
  @IsId() enterpriseId: string;
  /** 合同编号 */
  @IsOptional() @IsLabel() contractNo?: string;
  @IsDay() validFrom: string;
  @IsDay() validThrough: string;
  /** The first day of the contract when left out. */
  @IsOptional() @IsDay() signedOn?: string;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(200) @ValidateNested({ each: true }) @Type(() => AgreedLine) lines: AgreedLine[];
}

/** A line as it stands in a contract; a flow on the day it was agreed. */
export const lineOf = (on: ContractData, given: AgreedLine, { number, agreedOn }: { number: number; agreedOn: string }): ContractLineData => {
  const lineId = given.id ?? `${on.contractId}.${number}`;
  const { contractId, cooperativeId, enterpriseId } = on;
  return { factId: lineId, from: agreedOn, contractId, lineId, cooperativeId, enterpriseId, crop: given.crop, quantity: grams(given.quantity, given.unit), area: given.area, due: given.due };
};

export const LINE_TWICE = { zh: '合同行编号 {line} 重复', en: 'the line {line} is there twice' };
/** The line id that is given more than once, if one is. */
export const twice = (ids: readonly string[]): string | undefined => ids.find((id, i) => ids.indexOf(id) !== i);

/** 签订订单合同: before the season a cooperative and an enterprise agree, crop by crop, on quantity, area and due date. */
export const signContract = defineCommand({
  name: 'sign-contract',
  title: { zh: '签订订单合同', en: 'Sign a contract' },
  input: SignContract,
  example: { id: 'o-1', cooperativeId: 'c-1', enterpriseId: 'e-1', validFrom: '2022-01-01', validThrough: '2022-12-31', lines: [{ crop: '桃', quantity: 100, unit: 't', area: 10_000, due: '2022-06-30' }] },
  streams: (input) => ({ contract: contract.at(input.id) }),
  needs: (input) => partiesOf(input),
  may: { roles: PARTIES, on: ({ input, facts }) => placesOf(input, facts) },
  refusals: { 'ends-before-it-begins': ENDS_TOO_EARLY, 'side-dissolved': SIDE_DISSOLVED, 'line-twice': LINE_TWICE, 'id-taken': { zh: '编号 {id} 已被使用', en: 'the id {id} is taken' } },
  decide: ({ input, states, facts, refuse }) => {
    if (states.contract.version > 0) return refuse('id-taken', { id: input.id });
    const { id, cooperativeId, enterpriseId, contractNo, validFrom, validThrough } = input;
    if (validThrough < validFrom) return refuse('ends-before-it-begins');
    if (dissolvedBefore(validFrom, facts)) return refuse('side-dissolved');
    const signed: ContractData = { factId: id, from: validFrom, to: addDays(validThrough, 1), contractId: id, cooperativeId, enterpriseId, ...(contractNo ? { contractNo } : {}) };
    const agreedOn = input.signedOn ?? validFrom;
    const lines = input.lines.map((line, i) => lineOf(signed, line, { number: i + 1, agreedOn }));
    const line = twice(lines.map(({ lineId }) => lineId));
    if (line) return refuse('line-twice', { line });
    return emit(states.contract, fact.events.ContractSigned.of(signed, agreedOn), ...lines.map((one) => contractLine.events.ContractLineAgreed.of(one, agreedOn)));
  },
});
