import { get, post } from '#service-kit';
import { claimLand } from '../claim/claim-land.js';
import { listClaims } from '../claim/claims-of-parcels.js';
import { correctClaim } from '../claim/correct-claim.js';
import { endClaim } from '../claim/end-claim.js';
import { voidClaim } from '../claim/void-claim.js';
import { listConflicts } from '../conflict/parcel-conflicts.view.js';
import { resolveParcelConflict } from '../conflict/resolve-parcel-conflict.js';
import { admitBinding } from './admit-binding.js';
import { listBindings } from './bindings.view.js';
import { confirmBinding } from './confirm-binding.js';
import { correctConfirmation } from './correct-confirmation.js';
import { correctBindingEnd } from './correct-binding-end.js';
import { correctBinding } from './correct-binding.js';
import { draftBinding } from './draft-binding.js';
import { endBinding } from './end-binding.js';
import { submitBinding } from './submit-binding.js';
import { voidBindingEnd } from './void-binding-end.js';
import { voidBinding } from './void-binding.js';

export const bindingRoutes = [
  get('/bindings', listBindings),
  post('/bindings', draftBinding),
  post('/bindings/:bindingId/submit', submitBinding),
  post('/bindings/:bindingId/confirm', confirmBinding),
  post('/bindings/:bindingId/confirmation/correct', correctConfirmation),
  post('/bindings/:bindingId/admit', admitBinding),
  post('/bindings/:bindingId/end', endBinding),
  post('/bindings/:bindingId/end/correct', correctBindingEnd),
  post('/bindings/:bindingId/end/void', voidBindingEnd),
  post('/bindings/:bindingId/correct', correctBinding),
  post('/bindings/:bindingId/void', voidBinding),
  get('/claims', listClaims),
  post('/bindings/:bindingId/claims', claimLand),
  post('/bindings/:bindingId/claims/:claimId/end', endClaim),
  post('/bindings/:bindingId/claims/:claimId/correct', correctClaim),
  post('/bindings/:bindingId/claims/:claimId/void', voidClaim),
  get('/conflicts', listConflicts),
  post('/conflicts/:conflictId/resolve', resolveParcelConflict),
];
