import { IsLabel, IsNewId, member, PersonDetailsSealed } from '#contracts';
import { emit, type Emission, type Loaded, refusal, type Refusal, type StreamRef } from '#decider';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { ID_TAKEN, nextKey } from '../series.js';
import { type Identity, IDENTITY_TAKEN, identity, type PersonState, reserve, type SealedDetails, takenByAnother, WRONG_IDENTITY } from './person.js';

/** A person as entered. Name, number and phone are sealed and taken out before anything is decided. */
export class NewPerson {
  /** Left out: made by the service. */
  @IsOptional() @IsNewId() personId: string;
  @IsLabel() name: string;
  /** 公民身份号码 */
  @IsOptional() @IsString() @MaxLength(40) identityNumber?: string;
  @IsOptional() @Matches(/^\+?[\d -]{5,20}$/) phone?: string;
  /** What the preparation makes of them; a caller cannot give it. */
  sealed?: SealedDetails;
}

/** The streams of the identity numbers given. */
export const identitiesOf = (persons: readonly Pick<NewPerson, 'sealed'>[], near: string): StreamRef<{ readonly personId: string | null }>[] =>
  persons.flatMap(({ sealed }) => (sealed?.identityKey ? [identity.at(sealed.identityKey, near)] : []));

/** A wrong number is refused by the preparation already, which alone sees it in clear. */
export const NEW_PERSON_REFUSALS = {
  'person-id-taken': ID_TAKEN,
  'identity-taken': IDENTITY_TAKEN,
  'wrong-identity-number': WRONG_IDENTITY,
} as const;
type NewPersonRefusal = Refusal<keyof typeof NEW_PERSON_REFUSALS>;

const repeated = (values: readonly (string | undefined)[]): boolean => {
  const given = values.filter((value) => value !== undefined);
  return new Set(given).size < given.length;
};

const problemOf = ({ personId }: NewPerson, one: Loaded<PersonState>, held: Identity | undefined): NewPersonRefusal | null => {
  if (one.version > 0) return refusal('person-id-taken', { id: personId });
  return held && takenByAnother(held, personId) ? refusal('identity-taken') : null;
};

interface Joining {
  readonly householdId: string;
  readonly from: string;
}
interface States {
  readonly persons: readonly Loaded<PersonState>[];
  readonly identities: readonly Identity[];
}

const admitOne = ({ personId, sealed }: NewPerson, { householdId, from }: Joining, one: Loaded<PersonState>, held: Identity | undefined): Emission[] => [
  ...emit(one, member.events.PersonRegistered.of({ factId: nextKey(personId, 'member', one.state.placements), from, personId, householdId, reason: 'JOINED' }, from)),
  ...(sealed ? emit(one, PersonDetailsSealed.of({ ...sealed, personId }, from)) : []),
  ...(held ? reserve(held, personId, from) : []),
];

const heldBy = ({ sealed }: NewPerson, identities: readonly Identity[]): Identity | undefined =>
  identities.find(({ ref }) => ref.id === sealed?.identityKey);

/** New persons join a household, each under a number that no one else holds. `states.persons` follow the order of the persons. */
export const admit = (persons: readonly NewPerson[], joining: Joining, states: States): Emission[] | NewPersonRefusal => {
  if (repeated(persons.map(({ personId }) => personId))) return refusal('person-id-taken', { id: '' });
  if (repeated(persons.map(({ sealed }) => sealed?.identityKey))) return refusal('identity-taken');
  const each = persons.map((entered, i) => [entered, states.persons[i] as Loaded<PersonState>, heldBy(entered, states.identities)] as const);
  for (const [entered, one, held] of each) {
    const problem = problemOf(entered, one, held);
    if (problem) return problem;
  }
  return each.flatMap(([entered, one, held]) => admitOne(entered, joining, one, held));
};
