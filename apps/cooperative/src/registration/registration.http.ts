import { get, post } from '#service-kit';
import { listCooperatives } from './cooperatives.view.js';
import { correctDissolution } from './correct-dissolution.js';
import { correctOperation } from './correct-operation.js';
import { correctProducts } from './correct-products.js';
import { correctRegistration } from './correct-registration.js';
import { correctSeat } from './correct-seat.js';
import { dissolveCooperative } from './dissolve-cooperative.js';
import { moveSeat } from './move-seat.js';
import { registerCooperative } from './register-cooperative.js';
import { stateOperation } from './state-operation.js';
import { stateProducts } from './state-products.js';
import { voidDissolution } from './void-dissolution.js';
import { voidOperation } from './void-operation.js';
import { voidProducts } from './void-products.js';
import { voidRegistration } from './void-registration.js';
import { voidSeat } from './void-seat.js';

export const registrationRoutes = [
  get('/cooperatives', listCooperatives),
  post('/cooperatives', registerCooperative),
  post('/cooperatives/:cooperativeId/correct', correctRegistration),
  post('/cooperatives/:cooperativeId/void', voidRegistration),
  post('/cooperatives/:cooperativeId/dissolve', dissolveCooperative),
  post('/cooperatives/:cooperativeId/dissolution/correct', correctDissolution),
  post('/cooperatives/:cooperativeId/dissolution/void', voidDissolution),
  post('/cooperatives/:cooperativeId/seats', moveSeat),
  post('/cooperatives/:cooperativeId/seats/:statementId/correct', correctSeat),
  post('/cooperatives/:cooperativeId/seats/:statementId/void', voidSeat),
  post('/cooperatives/:cooperativeId/operations', stateOperation),
  post('/cooperatives/:cooperativeId/operations/:statementId/correct', correctOperation),
  post('/cooperatives/:cooperativeId/operations/:statementId/void', voidOperation),
  post('/cooperatives/:cooperativeId/products', stateProducts),
  post('/cooperatives/:cooperativeId/products/:statementId/correct', correctProducts),
  post('/cooperatives/:cooperativeId/products/:statementId/void', voidProducts),
];
