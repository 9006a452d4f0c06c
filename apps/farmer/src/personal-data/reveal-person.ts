import { IsId, IsNewId, IsOneOf, OFFICIALS, PersonDetailsRevealed, REVEAL_REASONS, type RevealReason } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsOptional } from 'class-validator';
import { exists, householdsOf, NO_SUCH_PERSON, person, placesOf } from '../person/person.js';
import { ERASED } from './erase-person.js';

export class RevealPerson {
  @IsId() personId: string;
  /** Left out: made by the service. */
  @IsOptional() @IsNewId() revealId: string;
  @IsOneOf(REVEAL_REASONS) reason: RevealReason;
  /** Number of a case or document, never a name. */
  @IsOptional() @IsId() reference?: string;
}

/** 查看个人信息: whoever is to be shown details in clear says why; it is recorded before anything is shown. */
export const revealPerson = defineCommand({
  name: 'reveal-person',
  title: { zh: '查看个人信息', en: 'Reveal the details of a person' },
  input: RevealPerson,
  example: { personId: 'p-1', revealId: 'v-1', reason: 'VERIFICATION', reference: 'case-12' },
  streams: (input, known) => ({ person: person.at(input.personId), households: householdsOf(input.personId, known) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.households) },
  refusals: { 'no-such-person': NO_SUCH_PERSON, erased: ERASED },
  decide: ({ input, states, actor, today, refuse }) => {
    const { state } = states.person;
    if (!exists(state)) return refuse('no-such-person');
    if (state.erased) return refuse('erased');
    return emit(states.person, PersonDetailsRevealed.of({ ...input, actor }, today));
  },
});
