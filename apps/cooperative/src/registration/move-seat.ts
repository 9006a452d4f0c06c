import { IsDay, IsId, OFFICIALS, seat, statedOn } from '#contracts';
import { defineCommand, emit, need } from '#decider';
import { IsOptional } from 'class-validator';
import { cooperative, nextKey, NOT_REGISTERED, placesOf, STATED_THAT_DAY } from './cooperative.js';

export class MoveSeat {
  @IsId() cooperativeId: string;
  @IsId() villageId: string;
  /** Today when left out. */
  @IsOptional() @IsDay() validFrom?: string;
}

/** 住所变更: from this day on it is seated in another village. */
export const moveSeat = defineCommand({
  name: 'move-seat',
  title: { zh: '变更合作社住所', en: "Move a cooperative's seat" },
  input: MoveSeat,
  example: { cooperativeId: 'c-1', villageId: 'r-410308103211', validFrom: '2022-04-01' },
  streams: (input) => ({ cooperative: cooperative.at(input.cooperativeId) }),
  needs: (input) => ({ village: need('village', input.villageId) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.cooperative) },
  refusals: { 'not-registered': NOT_REGISTERED, 'already-stated': STATED_THAT_DAY },
  decide: ({ input: { cooperativeId, villageId, validFrom }, states, today, refuse }) => {
    const from = validFrom ?? today;
    const { registration, seats } = states.cooperative.state;
    if (!registration) return refuse('not-registered');
    if (statedOn(seats, from)) return refuse('already-stated', { day: from });
    const fact = { factId: nextKey(cooperativeId, 'seat', seats), from, cooperativeId, villageId };
    return emit(states.cooperative, seat.events.CooperativeSeated.of(fact, from));
  },
});
