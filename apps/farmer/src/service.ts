import { defineService, isCommand, type Route } from '#service-kit';
import { founding } from './founding.js';
import { householdRoutes } from './household/household.http.js';
import { householdsView } from './household/households.view.js';
import { parcelRoutes } from './parcel/parcel.http.js';
import { parcelsView } from './parcel/parcels.view.js';
import { personRoutes } from './person/person.http.js';
import { personsView } from './person/persons.view.js';
import { personalDataRoutes } from './personal-data/personal-data.http.js';
import { CreateVault1668000000000 } from './personal-data/vault-migration.js';
import { cropsView } from './planting/crops.view.js';
import { plantingRoutes } from './planting/planting.http.js';
import { preparations } from './prepare.js';
import { regionRoutes } from './region/region.http.js';
import { regionsView } from './region/regions.view.js';

export { mengjinRegions } from './region/mengjin.js';

const routes: readonly Route[] = [...regionRoutes, ...householdRoutes, ...personRoutes, ...personalDataRoutes, ...parcelRoutes, ...plantingRoutes];

/** 农户: regions, households, persons, parcels, plantings; the only keeper of personal data. Every command has a route. */
export const farmer = defineService({
  name: 'farmer',
  title: { zh: '农户', en: 'Farmers' },
  commands: routes.map(({ to }) => to).filter(isCommand),
  views: [regionsView, householdsView, personsView, parcelsView, cropsView],
  routes,
  founding,
  prepare: preparations,
  migrations: [CreateVault1668000000000],
});
