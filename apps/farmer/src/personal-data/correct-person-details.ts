import { IsId, IsLabel, OFFICIALS, PersonDetailsSealed } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { exists, householdsOf, identity, IDENTITY_TAKEN, NO_SUCH_PERSON, person, placesOf, release, reserve, type SealedDetails, takenByAnother, WRONG_IDENTITY } from '../person/person.js';
import { ERASED } from './erase-person.js';

export class CorrectPersonDetails {
  @IsId() personId: string;
  @IsOptional() @IsLabel() name?: string;
  @IsOptional() @IsString() @MaxLength(40) identityNumber?: string;
  @IsOptional() @Matches(/^\+?[\d -]{5,20}$/) phone?: string;
  /** What the preparation makes of them; a caller cannot give it. */
  sealed?: Partial<SealedDetails>;
}

/** 更正个人信息: name, identity number or phone; the former number is free again, the new one is this person's alone. */
export const correctPersonDetails = defineCommand({
  name: 'correct-person-details',
  title: { zh: '更正个人信息', en: 'Correct the details of a person' },
  input: CorrectPersonDetails,
  example: { personId: 'p-1', phone: '13800000001' },
  streams: (input, known) => {
    const ref = person.at(input.personId);
    const keys = input.sealed?.identityKey ? [known(ref)?.identityKey, input.sealed.identityKey] : [];
    const streams = [...new Set(keys)].flatMap((key) => (key ? [identity.at(key, ref.key)] : []));
    return { person: ref, households: householdsOf(input.personId, known), identities: streams };
  },
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.households) },
  refusals: { 'no-such-person': NO_SUCH_PERSON, 'identity-taken': IDENTITY_TAKEN, 'wrong-identity-number': WRONG_IDENTITY, erased: ERASED, 'no-name': { zh: '请先填写姓名', en: 'give the name first' } },
  decide: ({ input: { personId, sealed }, states, today, refuse }) => {
    const { state } = states.person;
    if (!exists(state)) return refuse('no-such-person');
    if (state.erased) return refuse('erased');
    const key = sealed?.identityKey;
    if (states.identities.some((held) => held.ref.id === key && takenByAnother(held, personId))) return refuse('identity-taken');
    const { name, ...others } = { ...state.details, ...sealed };
    if (name === undefined) return refuse('no-name');
    const exchanged = states.identities.flatMap((held) => {
      if (held.ref.id !== key) return release(held, personId, today);
      return held.state.personId === personId ? [] : reserve(held, personId, today);
    });
    return [...emit(states.person, PersonDetailsSealed.of({ ...others, name, personId }, today)), ...exchanged];
  },
});
