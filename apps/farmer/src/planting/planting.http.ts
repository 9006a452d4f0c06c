import { get, post } from '#service-kit';
import { correctHarvest } from './correct-harvest.js';
import { correctPlanting } from './correct-planting.js';
import { listHarvests, listPlantings } from './crops.view.js';
import { recordHarvest } from './record-harvest.js';
import { recordPlanting } from './record-planting.js';
import { voidHarvest } from './void-harvest.js';
import { voidPlanting } from './void-planting.js';

export const plantingRoutes = [
  get('/plantings', listPlantings),
  post('/plantings', recordPlanting),
  post('/plantings/:plantingId/correct', correctPlanting),
  post('/plantings/:plantingId/void', voidPlanting),
  get('/harvests', listHarvests),
  post('/harvests', recordHarvest),
  post('/harvests/:harvestId/correct', correctHarvest),
  post('/harvests/:harvestId/void', voidHarvest),
];
