import type { EnterpriseData, RegistrationData } from '#contracts';
import { need, type Place } from '#decider';

/** What the local views know of the two sides of a link, a contract or a delivery. */
export type Cooperative = Pick<RegistrationData, 'from' | 'to'> & { readonly villageId: string | null };
export type Enterprise = Pick<EnterpriseData, 'from' | 'to' | 'villageId'>;
interface Sides {
  readonly cooperativeId: string;
  readonly enterpriseId: string;
}

/** 合作社 managers, 企业 staff and officials keep links and contracts between the two. */
export const PARTIES = ['COOPERATIVE_MANAGER', 'ENTERPRISE_STAFF', 'VILLAGE_OFFICIAL', 'TOWN_OFFICIAL', 'DISTRICT_OFFICIAL'] as const;

/** Asks for both sides; nothing while they are not known. */
export const partiesOf = (sides: Sides | null | undefined) => ({
  cooperatives: sides ? [need<Cooperative>('cooperative', sides.cooperativeId)] : [],
  enterprises: sides ? [need<Enterprise>('enterprise', sides.enterpriseId)] : [],
});

/** Either side itself, and the villages they are seated in. */
export const placesOf = (sides: Sides | null, facts: { cooperatives: readonly Cooperative[]; enterprises: readonly Enterprise[] }): Place[] =>
  sides
    ? [
        { cooperative: sides.cooperativeId },
        { enterprise: sides.enterpriseId },
        ...[...facts.cooperatives, ...facts.enterprises].flatMap(({ villageId }) => (villageId ? [{ village: villageId }] : [])),
      ]
    : [];

interface Period {
  readonly to: string | null;
}
/** The side that was dissolved before a day, if one was. */
export const dissolvedBefore = (day: string, facts: { cooperatives: readonly Period[]; enterprises: readonly Period[] }): boolean =>
  [...facts.cooperatives, ...facts.enterprises].some(({ to }) => to !== null && to <= day);

export const SIDE_DISSOLVED = { zh: '合作社或企业在这一天之前已注销', en: 'the cooperative or the enterprise was dissolved before that day' };
