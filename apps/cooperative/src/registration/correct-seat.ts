import { corrected, IsDay, IsId, OFFICIALS, seat, statedOn } from '#contracts';
import { defineCommand, emit, need } from '#decider';
import { IsOptional } from 'class-validator';
import { cooperative, NO_STATEMENT, placesOf, STATED_THAT_DAY } from './cooperative.js';

export class CorrectSeat {
  @IsId() cooperativeId: string;
  @IsId() statementId: string;
  @IsOptional() @IsId() villageId?: string;
  @IsOptional() @IsDay() validFrom?: string;
}

/** 更正住所: a seat was entered with the wrong village or day. */
export const correctSeat = defineCommand({
  name: 'correct-seat',
  title: { zh: '更正合作社住所', en: "Correct a cooperative's seat" },
  input: CorrectSeat,
  example: { cooperativeId: 'c-1', statementId: 'c-1.seat.1', validFrom: '2022-04-02' },
  streams: (input) => ({ cooperative: cooperative.at(input.cooperativeId) }),
  needs: (input) => ({ villages: input.villageId === undefined ? [] : [need('village', input.villageId)] }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.cooperative) },
  refusals: { 'no-such-statement': NO_STATEMENT, 'already-stated': STATED_THAT_DAY },
  decide: ({ input, states, refuse }) => {
    const all = states.cooperative.state.seats;
    const now = all.byKey.get(input.statementId);
    if (!now) return refuse('no-such-statement');
    const next = corrected(now, { villageId: input.villageId, from: input.validFrom });
    if (!next) return [];
    if (statedOn(all, next.from, next.factId)) return refuse('already-stated', { day: next.from });
    return emit(states.cooperative, seat.events.CooperativeSeatCorrected.of(next, next.from));
  },
});
