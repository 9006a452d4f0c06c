import { IsDay, IsId, IsLabel, OFFICIALS, products, statedOn } from '#contracts';
import { defineCommand, emit } from '#decider';
import { ArrayMaxSize, IsArray, IsOptional } from 'class-validator';
import { cooperative, nextKey, NOT_REGISTERED, placesOf, STATED_THAT_DAY } from './cooperative.js';

export class StateProducts {
  @IsId() cooperativeId: string;
  @IsArray() @ArrayMaxSize(50) @IsLabel({ each: true }) products: string[];
  /** Today when left out. */
  @IsOptional() @IsDay() validFrom?: string;
}

/** 主营产品: what the cooperative makes from this day on; its labour bindings are engaged in these. */
export const stateProducts = defineCommand({
  name: 'state-products',
  title: { zh: '登记合作社主营产品', en: "State a cooperative's products" },
  input: StateProducts,
  example: { cooperativeId: 'c-1', products: ['桃', '葡萄'], validFrom: '2022-04-01' },
  streams: (input) => ({ cooperative: cooperative.at(input.cooperativeId) }),
  may: { roles: ['COOPERATIVE_MANAGER', ...OFFICIALS], on: ({ states }) => placesOf(states.cooperative) },
  refusals: { 'not-registered': NOT_REGISTERED, 'already-stated': STATED_THAT_DAY },
  decide: ({ input, states, today, refuse }) => {
    const from = input.validFrom ?? today;
    const { registration, products: made } = states.cooperative.state;
    if (!registration) return refuse('not-registered');
    if (statedOn(made, from)) return refuse('already-stated', { day: from });
    const fact = { factId: nextKey(input.cooperativeId, 'products', made), from, cooperativeId: input.cooperativeId, products: input.products };
    return emit(states.cooperative, products.events.CooperativeProductsStated.of(fact, from));
  },
});
