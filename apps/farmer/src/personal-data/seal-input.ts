import { refusal, type Refusal } from '#decider';
import type { PreparationContext } from '#service-kit';
import { checkIdentityNumber, normalise, problemText } from '#standards';
import type { SealedDetails } from '../person/person.js';
import { type ClearDetails, type MasterKeys, sealDetails, type Sealing } from './vault.js';

interface Entered extends ClearDetails {
  readonly personId: string;
}
type Unsealed<E extends Entered> = Omit<E, 'name' | 'identityNumber' | 'phone'> & { readonly sealed: Partial<SealedDetails> };

/** One spelling however it was typed. */
export const tidyName = (name: string): string => name.normalize('NFKC').trim();
export const tidyPhone = (phone: string): string => normalise(phone).replaceAll('-', '');
export const tidyNumber = (number: string): string => normalise(number).toUpperCase();

const tidy = ({ name, identityNumber, phone }: ClearDetails, context: PreparationContext): ClearDetails | Refusal<'wrong-identity-number'> => {
  const checked = identityNumber === undefined ? undefined : checkIdentityNumber(identityNumber, { today: context.today, allowTest: context.allowTestId });
  if (checked && !checked.ok) return refusal('wrong-identity-number', problemText(checked.code));
  return {
    ...(name === undefined ? {} : { name: tidyName(name) }),
    ...(checked ? { identityNumber: checked.value } : {}),
    ...(phone === undefined ? {} : { phone: tidyPhone(phone) }),
  };
};

/** Takes personal data out of an input and puts it back sealed; nothing after this sees it in clear. */
export const sealEntered = <E extends Entered>(entered: E, context: PreparationContext, keys: MasterKeys): { input: Unsealed<E>; sealing: Sealing } | Refusal<'wrong-identity-number'> => {
  const clear = tidy(entered, context);
  if ('refused' in clear) return clear as Refusal<'wrong-identity-number'>;
  const { name, identityNumber, phone, ...rest } = entered;
  const sealing = sealDetails(keys, entered.personId, clear);
  return { input: { ...rest, sealed: sealing.sealed }, sealing };
};
