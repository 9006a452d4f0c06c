import { IsId, OFFICIALS, products } from '#contracts';
import { defineCommand, emit } from '#decider';
import { cooperative, NO_STATEMENT, placesOf } from './cooperative.js';

export class VoidProducts {
  @IsId() cooperativeId: string;
  @IsId() statementId: string;
}

/** 主营产品记录作废: they were never so. */
export const voidProducts = defineCommand({
  name: 'void-products',
  title: { zh: '作废合作社主营产品记录', en: "Void a statement of a cooperative's products" },
  input: VoidProducts,
  example: { cooperativeId: 'c-1', statementId: 'c-1.products.1' },
  streams: (input) => ({ cooperative: cooperative.at(input.cooperativeId) }),
  may: { roles: ['COOPERATIVE_MANAGER', ...OFFICIALS], on: ({ states }) => placesOf(states.cooperative) },
  refusals: { 'no-such-statement': NO_STATEMENT },
  decide: ({ input, states, refuse }) => {
    const now = states.cooperative.state.products.byKey.get(input.statementId);
    if (!now) return refuse('no-such-statement');
    return emit(states.cooperative, products.events.CooperativeProductsVoided.of(now, now.from));
  },
});
