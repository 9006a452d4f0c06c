import { enterprise as fact, IsDay, IsId } from '#contracts';
import { defineCommand, emit } from '#decider';
import { addDays } from '#standards';
import { ENDS_TOO_EARLY, enterprise, NOT_REGISTERED, placesOf } from './enterprise.js';
import { REGISTRARS } from './register-enterprise.js';

export class DissolveEnterprise {
  @IsId() enterpriseId: string;
  /** Last day of the registration. */
  @IsDay() validThrough: string;
}

/** 企业注销: registered through this day. Links and contracts are not touched: they count only while it is registered. */
export const dissolveEnterprise = defineCommand({
  name: 'dissolve-enterprise',
  title: { zh: '注销企业', en: 'Dissolve an enterprise' },
  input: DissolveEnterprise,
  example: { enterpriseId: 'e-1', validThrough: '2022-06-30' },
  streams: (input) => ({ enterprise: enterprise.at(input.enterpriseId) }),
  may: { roles: REGISTRARS, on: ({ states }) => placesOf(states.enterprise) },
  refusals: {
    'not-registered': NOT_REGISTERED,
    'already-dissolved': { zh: '已于 {day} 注销;如有误请更正', en: 'dissolved as of {day} already; correct that if it is wrong' },
    'ends-before-it-begins': ENDS_TOO_EARLY,
  },
  decide: ({ input, states, refuse }) => {
    const now = states.enterprise.state.registration;
    if (!now) return refuse('not-registered');
    if (now.to !== null) return refuse('already-dissolved', { day: addDays(now.to, -1) });
    if (input.validThrough < now.from) return refuse('ends-before-it-begins');
    return emit(states.enterprise, fact.events.EnterpriseDissolved.of({ ...now, to: addDays(input.validThrough, 1) }, input.validThrough));
  },
});
