import { IsAmount, IsDay, IsId, IsNewId, land, OFFICIALS } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { NOT_A_VILLAGE, villageOf } from '../household/household.js';
import { ID_TAKEN, nextKey } from '../series.js';
import { codeProblem, codesOf, parcel, PARCEL_CODE_TAKEN, reserveCode, WRONG_PARCEL_CODE } from './parcel.js';

export class RegisterParcel {
  /** Left out: made by the service. */
  @IsOptional() @IsNewId() parcelId: string;
  @IsId() villageId: string;
  /** Hundredths of a 亩. */
  @IsAmount(1) area: number;
  /** 19 digits, where the land register has given one. */
  @IsOptional() @IsString() @MaxLength(40) parcelCode?: string;
  @IsOptional() @IsDay() validFrom?: string;
}

/** 登记地块: a parcel lies in one village and has an area; it is counted once, whoever claims it. */
export const registerParcel = defineCommand({
  name: 'register-parcel',
  title: { zh: '登记地块', en: 'Register a parcel' },
  input: RegisterParcel,
  example: { parcelId: 'l-1', villageId: 'r-410308103210', area: 325, parcelCode: '4103081032100100001', validFrom: '2022-01-01' },
  streams: (input) => ({ parcel: parcel.at(input.parcelId), codes: codesOf(input.parcelId, input.parcelCode) }),
  needs: (input) => ({ village: villageOf(input.villageId) }),
  may: { roles: OFFICIALS, on: ({ input }) => [{ village: input.villageId }] },
  refusals: { 'id-taken': ID_TAKEN, 'not-a-village': NOT_A_VILLAGE, 'wrong-parcel-code': WRONG_PARCEL_CODE, 'parcel-code-taken': PARCEL_CODE_TAKEN },
  decide: ({ input: { parcelId, villageId, area, parcelCode, ...input }, states, facts, today, refuse }) => {
    const { validFrom: from = today } = input;
    if (states.parcel.version > 0) return refuse('id-taken', { id: parcelId });
    if (facts.village.level !== 'VILLAGE') return refuse('not-a-village');
    const problem = codeProblem(parcelCode, parcelId, states.codes);
    if (problem) return refuse(problem);
    const factId = nextKey(parcelId, 'land', states.parcel.state.measures);
    const fact = { factId, from, parcelId, villageId, area, ...states.codes.map(({ ref }) => ({ parcelCode: ref.id }))[0] };
    return [...emit(states.parcel, land.events.ParcelRegistered.of(fact, from)), ...states.codes.flatMap((held) => reserveCode(held, parcelId, from))];
  },
});
