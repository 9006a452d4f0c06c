import { IsId, link as fact } from '#contracts';
import { defineCommand, emit } from '#decider';
import { PARTIES, partiesOf, placesOf } from '../known/parties.js';
import { free, link, NO_LINK, withSlot } from './link.js';

export class VoidLink {
  @IsId() linkId: string;
}

/** 绑定作废: they never were bound. */
export const voidLink = defineCommand({
  name: 'void-link',
  title: { zh: '作废合作社与龙头企业的绑定', en: 'Void the link of a cooperative and an enterprise' },
  input: VoidLink,
  example: { linkId: 'n-1' },
  streams: (input, known) => withSlot(input.linkId, known),
  needs: (input, known) => partiesOf(known(link.at(input.linkId))?.link),
  may: { roles: PARTIES, on: ({ states, facts }) => placesOf(states.link.state.link, facts) },
  refusals: { 'no-such-link': NO_LINK },
  decide: ({ states, refuse }) => {
    const now = states.link.state.link;
    if (!now) return refuse('no-such-link');
    return [...emit(states.link, fact.events.CoopEnterpriseBindingVoided.of(now, now.from)), ...free(states.slots, now)];
  },
});
