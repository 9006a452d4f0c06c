import { IsDay, IsId, IsNewId, link as fact, type LinkData } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsOptional } from 'class-validator';
import { dissolvedBefore, PARTIES, partiesOf, placesOf, SIDE_DISSOLVED } from '../known/parties.js';
import { ALREADY_LINKED, holderOf, link, slotOf, take } from './link.js';

export class BindCooperative {
  /** Left out: made by the service. */
  @IsOptional() @IsNewId() id: string;
  @IsId() cooperativeId: string;
  @IsId() enterpriseId: string;
  /** Today when left out. */
  @IsOptional() @IsDay() validFrom?: string;
}

/** 合作社绑定龙头企业: several enterprises are lawful, the same one twice at a time is not. Whether it is recognised is asked day by day. */
export const bindCooperative = defineCommand({
  name: 'bind-cooperative',
  title: { zh: '绑定合作社与龙头企业', en: 'Bind a cooperative to an enterprise' },
  input: BindCooperative,
  example: { id: 'n-1', cooperativeId: 'c-1', enterpriseId: 'e-1', validFrom: '2022-01-01' },
  streams: (input) => {
    const held = slotOf(input);
    return { link: link.at(input.id, held.key), slot: held };
  },
  needs: (input) => partiesOf(input),
  may: { roles: PARTIES, on: ({ input, facts }) => placesOf(input, facts) },
  refusals: { 'already-linked': ALREADY_LINKED, 'side-dissolved': SIDE_DISSOLVED, 'id-taken': { zh: '编号 {id} 已被使用', en: 'the id {id} is taken' } },
  decide: ({ input: { id, cooperativeId, enterpriseId, validFrom }, states, facts, today, refuse }) => {
    if (states.link.version > 0) return refuse('id-taken', { id });
    const next: LinkData = { factId: id, from: validFrom ?? today, to: null, cooperativeId, enterpriseId };
    if (dissolvedBefore(next.from, facts)) return refuse('side-dissolved');
    const holder = holderOf([states.slot], next);
    if (holder) return refuse('already-linked', { link: holder });
    return [...emit(states.link, fact.events.CoopEnterpriseBound.of(next, next.from)), ...take([states.slot], next)];
  },
});
