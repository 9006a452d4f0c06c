import { get } from '#service-kit';
import { starHistory } from './results.query.js';
import { villageStar } from './village-star.query.js';
import { villageStars } from './village-stars.query.js';

export const starRoutes = [
  get('/villages', villageStars),
  get('/villages/:village', villageStar),
  get('/villages/:villageId/results', starHistory),
  get('/results', starHistory),
];
