import { defineService, isCommand, type Preparation, type Service } from '#service-kit';
import { contractRoutes } from './contract/contract.http.js';
import { contracts } from './contract/contracts.view.js';
import { signContract } from './contract/sign-contract.js';
import { recordDelivery } from './delivery/record-delivery.js';
import { knownCooperatives } from './known/cooperatives.view.js';
import { bindCooperative } from './link/bind-cooperative.js';
import { links } from './link/links.view.js';
import { enterpriseRoutes } from './registration/enterprise.http.js';
import { enterprises } from './registration/enterprises.view.js';
import { registerEnterprise } from './registration/register-enterprise.js';

const routes = [...enterpriseRoutes, ...contractRoutes];

/** Makes the id of something new when the caller left it out. */
const named = (kind: string): Preparation => (input: { id?: string }, { newId }) => Promise.resolve({ input: { ...input, id: input.id ?? newId(kind) } });

export const service: Service = defineService({
  name: 'enterprise',
  title: { zh: '龙头企业', en: 'Leading enterprises' },
  commands: routes.map(({ to }) => to).filter(isCommand),
  views: [enterprises, links, contracts, knownCooperatives],
  routes,
  prepare: {
    [registerEnterprise.name]: named('enterprise'),
    [bindCooperative.name]: named('link'),
    [signContract.name]: named('contract'),
    [recordDelivery.name]: named('delivery'),
  },
});
