import { corrected, IsDay, IsId, IsLabel, OFFICIALS, products, statedOn } from '#contracts';
import { defineCommand, emit } from '#decider';
import { ArrayMaxSize, IsArray, IsOptional } from 'class-validator';
import { cooperative, NO_STATEMENT, placesOf, STATED_THAT_DAY } from './cooperative.js';

export class CorrectProducts {
  @IsId() cooperativeId: string;
  @IsId() statementId: string;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @IsLabel({ each: true }) products?: string[];
  @IsOptional() @IsDay() validFrom?: string;
}

/** 更正主营产品: the products or their first day were entered wrongly. */
export const correctProducts = defineCommand({
  name: 'correct-products',
  title: { zh: '更正合作社主营产品', en: "Correct a cooperative's products" },
  input: CorrectProducts,
  example: { cooperativeId: 'c-1', statementId: 'c-1.products.1', validFrom: '2022-04-02' },
  streams: (input) => ({ cooperative: cooperative.at(input.cooperativeId) }),
  may: { roles: ['COOPERATIVE_MANAGER', ...OFFICIALS], on: ({ states }) => placesOf(states.cooperative) },
  refusals: { 'no-such-statement': NO_STATEMENT, 'already-stated': STATED_THAT_DAY },
  decide: ({ input, states, refuse }) => {
    const all = states.cooperative.state.products;
    const now = all.byKey.get(input.statementId);
    if (!now) return refuse('no-such-statement');
    const next = corrected(now, { products: input.products, from: input.validFrom });
    if (!next) return [];
    if (statedOn(all, next.from, next.factId)) return refuse('already-stated', { day: next.from });
    return emit(states.cooperative, products.events.CooperativeProductsCorrected.of(next, next.from));
  },
});
