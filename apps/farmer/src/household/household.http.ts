import { get, post } from '#service-kit';
import { correctHome } from './correct-home.js';
import { correctStanding } from './correct-standing.js';
import { listHouseholds, showHousehold } from './households.view.js';
import { moveHousehold } from './move-household.js';
import { registerHousehold } from './register-household.js';
import { splitHousehold } from './split-household.js';
import { stateStanding } from './state-standing.js';
import { voidHome } from './void-home.js';
import { voidStanding } from './void-standing.js';

export const householdRoutes = [
  get('/households', listHouseholds),
  get('/households/:householdId', showHousehold),
  post('/households', registerHousehold),
  post('/households/:householdId/move', moveHousehold),
  post('/households/:householdId/split', splitHousehold),
  post('/households/:householdId/homes/:homeId/correct', correctHome),
  post('/households/:householdId/homes/:homeId/void', voidHome),
  post('/households/:householdId/standings', stateStanding),
  post('/households/:householdId/standings/:standingId/correct', correctStanding),
  post('/households/:householdId/standings/:standingId/void', voidStanding),
];
