import { get, post } from '#service-kit';
import { correctDelivery } from '../delivery/correct-delivery.js';
import { listDeliveries } from '../delivery/deliveries-on-contracts.js';
import { recordDelivery } from '../delivery/record-delivery.js';
import { voidDelivery } from '../delivery/void-delivery.js';
import { bindCooperative } from '../link/bind-cooperative.js';
import { correctLink } from '../link/correct-link.js';
import { listLinks } from '../link/links.view.js';
import { unbindCooperative } from '../link/unbind-cooperative.js';
import { voidLink } from '../link/void-link.js';
import { amendContract } from './amend-contract.js';
import { listContracts } from './contracts.view.js';
import { correctContract } from './correct-contract.js';
import { signContract } from './sign-contract.js';
import { terminateContract } from './terminate-contract.js';
import { voidContract } from './void-contract.js';

export const contractRoutes = [
  get('/links', listLinks),
  post('/links', bindCooperative),
  post('/links/:linkId/unbind', unbindCooperative),
  post('/links/:linkId/correct', correctLink),
  post('/links/:linkId/void', voidLink),
  get('/contracts', listContracts),
  post('/contracts', signContract),
  post('/contracts/:contractId/amend', amendContract),
  post('/contracts/:contractId/terminate', terminateContract),
  post('/contracts/:contractId/correct', correctContract),
  post('/contracts/:contractId/void', voidContract),
  get('/deliveries', listDeliveries),
  post('/contracts/:contractId/deliveries', recordDelivery),
  post('/deliveries/:deliveryId/correct', correctDelivery),
  post('/deliveries/:deliveryId/void', voidDelivery),
];
