import { get, post } from '#service-kit';
import { correctMeasure } from './correct-measure.js';
import { listParcels, showParcel } from './parcels.view.js';
import { registerParcel } from './register-parcel.js';
import { remeasureParcel } from './remeasure-parcel.js';
import { voidMeasure } from './void-measure.js';

export const parcelRoutes = [
  get('/parcels', listParcels),
  get('/parcels/:parcelId', showParcel),
  post('/parcels', registerParcel),
  post('/parcels/:parcelId/measures', remeasureParcel),
  post('/parcels/:parcelId/measures/:measureId/correct', correctMeasure),
  post('/parcels/:parcelId/measures/:measureId/void', voidMeasure),
];
