import { enterprise as fact, IsId } from '#contracts';
import { defineCommand, emit } from '#decider';
import { enterprise, NOT_REGISTERED, placesOf } from './enterprise.js';
import { REGISTRARS } from './register-enterprise.js';

export class VoidDissolution {
  @IsId() enterpriseId: string;
}

/** 撤销企业注销: it was never dissolved. */
export const voidDissolution = defineCommand({
  name: 'void-enterprise-dissolution',
  title: { zh: '撤销企业注销', en: "Void an enterprise's dissolution" },
  input: VoidDissolution,
  example: { enterpriseId: 'e-1' },
  streams: (input) => ({ enterprise: enterprise.at(input.enterpriseId) }),
  may: { roles: REGISTRARS, on: ({ states }) => placesOf(states.enterprise) },
  refusals: { 'not-registered': NOT_REGISTERED, 'not-dissolved': { zh: '该企业没有注销', en: 'it is not dissolved' } },
  decide: ({ states, refuse }) => {
    const now = states.enterprise.state.registration;
    if (!now) return refuse('not-registered');
    if (now.to === null) return refuse('not-dissolved');
    return emit(states.enterprise, fact.events.EnterpriseDissolutionVoided.of({ ...now, to: null }, now.from));
  },
});
