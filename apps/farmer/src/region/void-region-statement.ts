import { IsId, region as fact } from '#contracts';
import { defineCommand, emit } from '#decider';
import { NO_STATEMENT } from '../series.js';
import { parentOf, placesOf, region } from './region.js';

export class VoidRegionStatement {
  @IsId() regionId: string;
  @IsId() statementId: string;
}

/** 区划记录作废: it never was so; what was said before it holds on. */
export const voidRegionStatement = defineCommand({
  name: 'void-region-statement',
  title: { zh: '作废区划记录', en: 'Void a statement about a region' },
  input: VoidRegionStatement,
  example: { regionId: 'r-410308103210', statementId: 'r-410308103210.region.2' },
  streams: (input, known) => ({ region: region.at(input.regionId), parents: parentOf(input.regionId, known) }),
  may: { roles: ['DISTRICT_OFFICIAL'], on: ({ states }) => placesOf(states.region, states.parents) },
  refusals: { 'no-such-statement': NO_STATEMENT },
  decide: ({ input, states, refuse }) => {
    const now = states.region.state.statements.byKey.get(input.statementId);
    if (!now) return refuse('no-such-statement');
    return emit(states.region, fact.events.RegionStatementVoided.of(now, now.from));
  },
});
