import { get, post } from '#service-kit';
import { correctPlacement } from './correct-placement.js';
import { movePerson } from './move-person.js';
import { listPersons, showPerson } from './person-lists.js';
import { recordDeath } from './record-death.js';
import { recordLeaving } from './record-leaving.js';
import { registerPerson } from './register-person.js';
import { voidPerson } from './void-person.js';
import { voidPlacement } from './void-placement.js';

export const personRoutes = [
  get('/persons', listPersons),
  get('/persons/:personId', showPerson),
  get('/households/:householdId/persons', listPersons),
  post('/persons', registerPerson),
  post('/persons/:personId/move', movePerson),
  post('/persons/:personId/leave', recordLeaving),
  post('/persons/:personId/die', recordDeath),
  post('/persons/:personId/void', voidPerson),
  post('/persons/:personId/placements/:placementId/correct', correctPlacement),
  post('/persons/:personId/placements/:placementId/void', voidPlacement),
];
