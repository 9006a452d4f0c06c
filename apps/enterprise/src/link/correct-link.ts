import { corrected, IsDay, IsId, link as fact } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsBoolean, IsOptional } from 'class-validator';
import { PARTIES, partiesOf, placesOf } from '../known/parties.js';
import { endOf } from '../recognition/correct-recognition.js';
import { ENDS_TOO_EARLY } from '../registration/enterprise.js';
import { ALREADY_LINKED, holderOf, link, NO_LINK, take, withSlot } from './link.js';

export class CorrectLink {
  @IsId() linkId: string;
  @IsOptional() @IsDay() validFrom?: string;
  @IsOptional() @IsDay() validThrough?: string;
  /** true: the end was entered in error, it is bound still. */
  @IsOptional() @IsBoolean() open?: boolean;
}

/** 更正绑定日期: its first or last day was entered wrongly, or it never ended. */
export const correctLink = defineCommand({
  name: 'correct-link',
  title: { zh: '更正合作社与龙头企业的绑定', en: 'Correct the link of a cooperative and an enterprise' },
  input: CorrectLink,
  example: { linkId: 'n-1', validFrom: '2022-02-01' },
  streams: (input, known) => withSlot(input.linkId, known),
  needs: (input, known) => partiesOf(known(link.at(input.linkId))?.link),
  may: { roles: PARTIES, on: ({ states, facts }) => placesOf(states.link.state.link, facts) },
  refusals: { 'no-such-link': NO_LINK, 'ends-before-it-begins': ENDS_TOO_EARLY, 'already-linked': ALREADY_LINKED },
  decide: ({ input, states, refuse }) => {
    const now = states.link.state.link;
    if (!now) return refuse('no-such-link');
    const next = corrected(now, { from: input.validFrom, to: endOf(input) });
    if (!next) return [];
    if (next.to !== null && next.to <= next.from) return refuse('ends-before-it-begins');
    const holder = holderOf(states.slots, next);
    if (holder) return refuse('already-linked', { link: holder });
    return [...emit(states.link, fact.events.CoopEnterpriseBindingCorrected.of(next, next.from)), ...take(states.slots, next)];
  },
});
