import { get, post } from '#service-kit';
import { correctStarValue } from './correct-star-value.js';
import { enterStarValue } from './enter-star-value.js';
import { listStarValues } from './star-values.view.js';
import { voidStarValue } from './void-star-value.js';

export const valueRoutes = [
  get('/values', listStarValues),
  post('/villages/:villageId/values', enterStarValue),
  post('/villages/:villageId/values/:valueId/correct', correctStarValue),
  post('/villages/:villageId/values/:valueId/void', voidStarValue),
];
