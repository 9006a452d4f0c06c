import { get, post } from '#service-kit';
import { convertToCommunity } from './convert-to-community.js';
import { correctRegion } from './correct-region.js';
import { findVillage } from './find-village.js';
import { recodeRegion } from './recode-region.js';
import { listRegions, showRegion } from './regions.view.js';
import { registerRegion } from './register-region.js';
import { renameRegion } from './rename-region.js';
import { transferRegion } from './transfer-region.js';
import { voidRegionStatement } from './void-region-statement.js';

export const regionRoutes = [
  get('/regions', listRegions),
  get('/villages', findVillage),
  get('/regions/:regionId', showRegion),
  post('/regions', registerRegion),
  post('/regions/:regionId/rename', renameRegion),
  post('/regions/:regionId/convert', convertToCommunity),
  post('/regions/:regionId/transfer', transferRegion),
  post('/regions/:regionId/recode', recodeRegion),
  post('/regions/:regionId/statements/:statementId/correct', correctRegion),
  post('/regions/:regionId/statements/:statementId/void', voidRegionStatement),
];
