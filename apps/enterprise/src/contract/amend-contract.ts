import { contract as fact, type ContractData, contractLine, type ContractLineData, corrected, IsAmount, IsDay, IsId, IsLabel } from '#contracts';
import { defineCommand, type DomainEvent, emit, isRefusal, refusal, type Refusal } from '#decider';
import { addDays } from '#standards';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, ValidateNested } from 'class-validator';
import { PARTIES, partiesOf, placesOf } from '../known/parties.js';
import { ENDS_TOO_EARLY } from '../registration/enterprise.js';
import { contract, type ContractState, NO_CONTRACT, NO_LINE } from './contract.js';
import { AgreedLine, LINE_TWICE, lineOf, twice } from './sign-contract.js';
import { grams, IsUnit, IsWeighed, type Unit } from './weighed.js';

export class AmendedLine {
  @IsId() lineId: string;
  @IsOptional() @IsLabel() crop?: string;
  @IsOptional() @IsWeighed() quantity?: number;
  @IsUnit() unit?: Unit;
  @IsOptional() @IsAmount() area?: number;
  @IsOptional() @IsDay() due?: string;
}

export class AmendContract {
  @IsId() contractId: string;
  /** Day of the amendment; today when left out. */
  @IsOptional() @IsDay() on?: string;
  @IsOptional() @IsDay() validThrough?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(200) @ValidateNested({ each: true }) @Type(() => AmendedLine) amend?: AmendedLine[];
  @IsOptional() @IsArray() @ArrayMaxSize(200) @ValidateNested({ each: true }) @Type(() => AgreedLine) add?: AgreedLine[];
  /** Lines that are dropped. */
  @IsOptional() @IsArray() @ArrayMaxSize(200) @IsId({ each: true }) drop?: string[];
}

type LineProblem = Refusal<'no-such-line' | 'line-twice'>;
const { ContractLineAgreed, ContractLineAmended, ContractLineVoided } = contractLine.events;

const amended = (line: ContractLineData, { crop, quantity, unit, area, due }: AmendedLine): ContractLineData | null =>
  corrected(line, { crop, quantity: quantity === undefined ? undefined : grams(quantity, unit), area, due });

/** What becomes of the lines, or which of them is not there. */
const lineEvents = ({ contract: now, lines }: ContractState & { contract: ContractData }, input: AmendContract, on: string): DomainEvent[] | LineProblem => {
  const [amend, drop] = [input.amend ?? [], input.drop ?? []];
  const named = [...amend.map(({ lineId }) => lineId), ...drop];
  const missing = named.find((id) => !lines.byKey.has(id));
  if (missing) return refusal('no-such-line', { line: missing });
  const added = (input.add ?? []).map((line, i) => lineOf(now, line, { number: lines.made + i + 1, agreedOn: on }));
  const double = twice([...named, ...added.map(({ lineId }) => lineId)]) ?? added.find(({ lineId }) => lines.byKey.has(lineId))?.lineId;
  if (double) return refusal('line-twice', { line: double });
  return [
    ...amend.flatMap((change) => amended(lines.byKey.get(change.lineId) as ContractLineData, change) ?? []).map((line) => ContractLineAmended.of(line, on)),
    ...added.map((line) => ContractLineAgreed.of(line, on)),
    ...drop.map((id) => ContractLineVoided.of(lines.byKey.get(id) as ContractLineData, on)),
  ];
};

const prolonged = (now: ContractData, validThrough: string | undefined): ContractData =>
  validThrough === undefined ? now : (corrected(now, { to: addDays(validThrough, 1) }) ?? now);
const endsTooEarly = ({ from, to }: ContractData): boolean => to !== null && to <= from;

/** 变更合同: a later version stands from its recording on; lines are changed, added or dropped, the earlier version stays known as it was. */
export const amendContract = defineCommand({
  name: 'amend-contract',
  title: { zh: '变更订单合同', en: 'Amend a contract' },
  input: AmendContract,
  example: { contractId: 'o-1', on: '2022-05-01', amend: [{ lineId: 'o-1.1', quantity: 120, unit: 't' }], add: [{ crop: '葡萄', quantity: 20, unit: 't', area: 2_000, due: '2022-09-30' }], drop: [] },
  streams: (input) => ({ contract: contract.at(input.contractId) }),
  needs: (input, known) => partiesOf(known(contract.at(input.contractId))?.contract),
  may: { roles: PARTIES, on: ({ states, facts }) => placesOf(states.contract.state.contract, facts) },
  refusals: { 'no-such-contract': NO_CONTRACT, 'no-such-line': NO_LINE, 'line-twice': LINE_TWICE, 'ends-before-it-begins': ENDS_TOO_EARLY },
  decide: ({ input, states, today, refuse }) => {
    const { contract: now, lines } = states.contract.state;
    if (!now) return refuse('no-such-contract');
    const on = input.on ?? today;
    const next = prolonged(now, input.validThrough);
    if (endsTooEarly(next)) return refuse('ends-before-it-begins');
    const changes = lineEvents({ contract: next, lines }, input, on);
    if (isRefusal(changes)) return changes;
    if (changes.length === 0 && next === now) return [];
    return emit(states.contract, fact.events.ContractAmended.of(next, on), ...changes);
  },
});
