import { defineService, isCommand, type Service } from '#service-kit';
import { starRoutes } from './asking/star.http.js';
import { villagesView } from './known/villages.view.js';
import { CreateRescoring1671000000000 } from './rescoring/rescoring-migration.js';
import { scoreVillagesWhoseFiguresMoved } from './rescoring/score-villages-whose-figures-moved.js';
import { recordStar } from './scoring/record-star.js';
import { starResults } from './scoring/star-results.view.js';
import { sheetRoutes } from './sheet/sheet.http.js';
import { standardSheets } from './sheet/standard-sheets.view.js';
import { starValuesView } from './value/star-values.view.js';
import { valueRoutes } from './value/value.http.js';

export { industrySheet2022 } from './sheet/default-sheet.js';

const routes = [...starRoutes, ...sheetRoutes, ...valueRoutes];

/** 评星: standard sheets, values entered with evidence, and each village's star with its reasons. */
export const service: Service = defineService({
  name: 'star',
  title: { zh: '评星', en: 'Stars' },
  commands: [...routes.map(({ to }) => to).filter(isCommand), recordStar],
  views: [standardSheets, starValuesView, starResults, villagesView],
  workers: [scoreVillagesWhoseFiguresMoved],
  routes,
  migrations: [CreateRescoring1671000000000],
});
