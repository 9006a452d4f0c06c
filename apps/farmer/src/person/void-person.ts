import { IsId, member, OFFICIALS, standingOnes } from '#contracts';
import { defineCommand, emit } from '#decider';
import { exists, householdsOf, identity, NO_SUCH_PERSON, person, placesOf, release } from './person.js';

export class VoidPerson {
  @IsId() personId: string;
}

/** 人员登记作废: the person was registered in error and never counted; the identity number is free again. */
export const voidPerson = defineCommand({
  name: 'void-person',
  title: { zh: '作废人员登记', en: 'Void the registration of a person' },
  input: VoidPerson,
  example: { personId: 'p-1' },
  streams: (input, known) => {
    const ref = person.at(input.personId);
    const key = known(ref)?.identityKey;
    return { person: ref, households: householdsOf(input.personId, known), identities: key ? [identity.at(key, ref.key)] : [] };
  },
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.households) },
  refusals: { 'no-such-person': NO_SUCH_PERSON },
  decide: ({ input: { personId }, states, today, refuse }) => {
    const { state } = states.person;
    if (!exists(state)) return refuse('no-such-person');
    const voidings = standingOnes(state.placements).map((placement) => member.events.PersonPlacementVoided.of(placement, placement.from));
    return [...emit(states.person, ...voidings), ...states.identities.flatMap((held) => release(held, personId, today))];
  },
});
