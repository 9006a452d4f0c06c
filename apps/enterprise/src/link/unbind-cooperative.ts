import { IsDay, IsId, link as fact } from '#contracts';
import { defineCommand, emit } from '#decider';
import { addDays } from '#standards';
import { PARTIES, partiesOf, placesOf } from '../known/parties.js';
import { ENDS_TOO_EARLY } from '../registration/enterprise.js';
import { link, NO_LINK, take, withSlot } from './link.js';

export class UnbindCooperative {
  @IsId() linkId: string;
  /** Last day it counts. */
  @IsDay() validThrough: string;
}

/** 合作社与龙头企业解绑: bound through this day. */
export const unbindCooperative = defineCommand({
  name: 'unbind-cooperative',
  title: { zh: '解除合作社与龙头企业的绑定', en: 'Unbind a cooperative from an enterprise' },
  input: UnbindCooperative,
  example: { linkId: 'n-1', validThrough: '2022-12-31' },
  streams: (input, known) => withSlot(input.linkId, known),
  needs: (input, known) => partiesOf(known(link.at(input.linkId))?.link),
  may: { roles: PARTIES, on: ({ states, facts }) => placesOf(states.link.state.link, facts) },
  refusals: {
    'no-such-link': NO_LINK,
    'already-unbound': { zh: '已于 {day} 解绑;如有误请更正', en: 'unbound as of {day} already; correct that if it is wrong' },
    'ends-before-it-begins': ENDS_TOO_EARLY,
  },
  decide: ({ input, states, refuse }) => {
    const now = states.link.state.link;
    if (!now) return refuse('no-such-link');
    if (now.to !== null) return refuse('already-unbound', { day: addDays(now.to, -1) });
    if (input.validThrough < now.from) return refuse('ends-before-it-begins');
    const next = { ...now, to: addDays(input.validThrough, 1) };
    return [...emit(states.link, fact.events.CoopEnterpriseUnbound.of(next, input.validThrough)), ...take(states.slots, next)];
  },
});
