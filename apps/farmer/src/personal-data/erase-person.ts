import { IsId, PersonErased } from '#contracts';
import { defineCommand, emit } from '#decider';
import { householdsOf, person, placesOf } from '../person/person.js';

export const ERASED = { zh: '个人信息已删除', en: 'the personal data has been erased' };

export class ErasePerson {
  @IsId() personId: string;
}

/**
 * 删除个人信息 (个人信息保护法 47): the person's keys are destroyed, so that name, number and phone are gone everywhere. The
 * figures stay, and the number stays taken: nobody is counted a second time.
 */
export const erasePerson = defineCommand({
  name: 'erase-person',
  title: { zh: '删除个人信息', en: 'Erase the personal data of a person' },
  input: ErasePerson,
  example: { personId: 'p-1' },
  streams: (input, known) => ({ person: person.at(input.personId), households: householdsOf(input.personId, known) }),
  may: { roles: ['TOWN_OFFICIAL', 'DISTRICT_OFFICIAL'], on: ({ states }) => placesOf(states.households) },
  refusals: { 'no-such-person': { zh: '没有登记过这个人', en: 'no such person' } },
  decide: ({ input: { personId }, states, today, refuse }) => {
    if (states.person.version === 0) return refuse('no-such-person');
    return states.person.state.erased ? [] : emit(states.person, PersonErased.of({ personId }, today));
  },
});
