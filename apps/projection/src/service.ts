import { defineService, get } from '#service-kit';
import { breakdown } from './ask/breakdown.query.js';
import { catalogue } from './ask/catalogue.query.js';
import { changes } from './ask/changes.query.js';
import { drill } from './ask/drill.query.js';
import { event } from './ask/event.query.js';
import { figure } from './ask/figure.query.js';
import { rate } from './ask/rate.query.js';
import { regions } from './ask/regions.query.js';
import { figures } from './figures.view.js';

/** 指标: every figure of the industry line, from one ledger. */
export const service = defineService({
  name: 'projection',
  title: { zh: '指标', en: 'Figures' },
  commands: [],
  views: [figures],
  routes: [
    get('/figures', catalogue),
    get('/figures/:measure', figure),
    get('/figures/:measure/by/:dimension', breakdown),
    get('/rates/:rate', rate),
    get('/drill', drill),
    get('/changes', changes),
    get('/events/:id', event),
    get('/regions', regions),
  ],
});
