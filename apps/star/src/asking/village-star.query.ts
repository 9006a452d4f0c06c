import { IsLabel } from '#contracts';
import { defineQuery } from '#service-kit';
import { villagesAt } from '../known/villages.view.js';
import { assess } from '../scoring/assess.js';
import { openCriteria, told } from './explain.js';
import { villageOf } from './place.js';
import { noSheet, READERS, saidOf, StarAndWhen, whenOf } from './when.js';

export class VillageStarInput extends StarAndWhen {
  /** Region id, code (former ones too), a name that is unique, or `town/name`. */
  @IsLabel() village: string;
}

/** 村评星: a village's star as of a day, by the sheet in force on it, with its reasons; computed, so of any past day too. */
export const villageStar = defineQuery({
  name: 'village-star',
  title: { zh: '村评星', en: 'The star of a village' },
  input: VillageStarInput,
  example: { village: '410308103210', asOf: '2022-07-18' },
  may: { roles: READERS },
  views: ['star_values', 'standard_sheets', 'villages'],
  run: async (context) => {
    const { input, ask, db, scope, schemaOf } = context;
    const when = whenOf(context);
    const { asOf, star } = when;
    const id = await villageOf(ask, input.village, asOf);
    const [village] = scope.everywhere || scope.villages.has(id) ? await villagesAt(db, schemaOf('villages'), [id], asOf) : [];
    if (!village) return undefined;
    const assessed = await assess(context, { ...when, villages: [id], region: id });
    const score = assessed?.scores.get(id);
    if (!assessed || !score) throw noSheet(asOf);
    return {
      village, ...saidOf(context, { ...when, assessed }),
      result: score.result, progress: score.progress, ...openCriteria(score.explanation),
      criteria: told(assessed.sheet.criteria, score.explanation, assessed.values.get(id)),
      results: `/star/villages/${id}/results?star=${star}`,
    };
  },
});
