import { defineService, isCommand, type Preparation, type Service } from '#service-kit';
import { bindingRoutes } from './binding/binding.http.js';
import { bindings } from './binding/bindings.view.js';
import { draftBinding, type DraftBinding } from './binding/draft-binding.js';
import { flagParcelConflict } from './conflict/flag-parcel-conflict.js';
import { withBindings } from './conflict/look-up-bindings.js';
import { parcelConflicts } from './conflict/parcel-conflicts.view.js';
import { whenParcelClaimedTwiceFlagConflict } from './conflict/when-parcel-claimed-twice-flag-conflict.js';
import { resolveParcelConflict } from './conflict/resolve-parcel-conflict.js';
import { enterpriseLinks } from './known/enterprise-links.view.js';
import { farmersLand } from './known/farmers-land.view.js';
import { cooperatives } from './registration/cooperatives.view.js';
import { registerCooperative, type RegisterCooperative } from './registration/register-cooperative.js';
import { registrationRoutes } from './registration/registration.http.js';

const routes = [...registrationRoutes, ...bindingRoutes];

/** Makes the id of something new when the caller left it out. */
const named = (kind: string): Preparation => (input: Partial<RegisterCooperative | DraftBinding>, { newId }) => Promise.resolve({ input: { ...input, id: input.id ?? newId(kind) } });

export const service: Service = defineService({
  name: 'cooperative',
  title: { zh: '合作社', en: 'Cooperatives' },
  commands: [...routes.map(({ to }) => to).filter(isCommand), flagParcelConflict],
  views: [cooperatives, bindings, parcelConflicts, farmersLand, enterpriseLinks],
  automations: [whenParcelClaimedTwiceFlagConflict],
  routes,
  prepare: { [registerCooperative.name]: named('cooperative'), [draftBinding.name]: named('binding'), [resolveParcelConflict.name]: withBindings },
});
