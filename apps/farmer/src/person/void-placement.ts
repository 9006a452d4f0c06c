import { IsId, member, OFFICIALS } from '#contracts';
import { defineCommand, emit } from '#decider';
import { NO_STATEMENT } from '../series.js';
import { householdsOf, person, placesOf } from './person.js';

export class VoidPlacement {
  @IsId() personId: string;
  @IsId() placementId: string;
}

/** 人员归属记录作废: that move, leaving or death never was. A registration in error is voided as a whole instead. */
export const voidPlacement = defineCommand({
  name: 'void-placement',
  title: { zh: '作废人员归属记录', en: 'Void a statement of where a person belongs' },
  input: VoidPlacement,
  example: { personId: 'p-1', placementId: 'p-1.member.2' },
  streams: (input, known) => ({ person: person.at(input.personId), households: householdsOf(input.personId, known) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.households) },
  refusals: {
    'no-such-statement': NO_STATEMENT,
    'the-only-one': { zh: '这是唯一的归属记录,请作废整个人员登记', en: 'it is the only one; void the registration of the person' },
  },
  decide: ({ input, states, refuse }) => {
    const { placements } = states.person.state;
    const now = placements.byKey.get(input.placementId);
    if (!now) return refuse('no-such-statement');
    if (placements.byKey.size === 1) return refuse('the-only-one');
    return emit(states.person, member.events.PersonPlacementVoided.of(now, now.from));
  },
});
