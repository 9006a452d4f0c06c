import { IsId, OFFICIALS, seat } from '#contracts';
import { defineCommand, emit } from '#decider';
import { cooperative, NO_STATEMENT, placesOf } from './cooperative.js';

export class VoidSeat {
  @IsId() cooperativeId: string;
  @IsId() statementId: string;
}

/** 住所记录作废: it was never seated there. The last seat stays, as a cooperative lies somewhere. */
export const voidSeat = defineCommand({
  name: 'void-seat',
  title: { zh: '作废合作社住所记录', en: "Void a statement of a cooperative's seat" },
  input: VoidSeat,
  example: { cooperativeId: 'c-1', statementId: 'c-1.seat.1' },
  streams: (input) => ({ cooperative: cooperative.at(input.cooperativeId) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.cooperative) },
  refusals: { 'no-such-statement': NO_STATEMENT, 'last-seat': { zh: '合作社须有住所,请改为更正', en: 'a cooperative lies somewhere: correct this seat instead' } },
  decide: ({ input, states, refuse }) => {
    const now = states.cooperative.state.seats.byKey.get(input.statementId);
    if (!now) return refuse('no-such-statement');
    if (states.cooperative.state.seats.byKey.size === 1) return refuse('last-seat');
    return emit(states.cooperative, seat.events.CooperativeSeatVoided.of(now, now.from));
  },
});
