import { get, post } from '#service-kit';
import { correctRecognition } from '../recognition/correct-recognition.js';
import { endRecognition } from '../recognition/end-recognition.js';
import { recogniseEnterprise } from '../recognition/recognise-enterprise.js';
import { voidRecognition } from '../recognition/void-recognition.js';
import { correctDissolution } from './correct-dissolution.js';
import { correctRegistration } from './correct-registration.js';
import { dissolveEnterprise } from './dissolve-enterprise.js';
import { listEnterprises } from './enterprises.view.js';
import { registerEnterprise } from './register-enterprise.js';
import { voidDissolution } from './void-dissolution.js';
import { voidRegistration } from './void-registration.js';

export const enterpriseRoutes = [
  get('/enterprises', listEnterprises),
  post('/enterprises', registerEnterprise),
  post('/enterprises/:enterpriseId/correct', correctRegistration),
  post('/enterprises/:enterpriseId/void', voidRegistration),
  post('/enterprises/:enterpriseId/dissolve', dissolveEnterprise),
  post('/enterprises/:enterpriseId/dissolution/correct', correctDissolution),
  post('/enterprises/:enterpriseId/dissolution/void', voidDissolution),
  post('/enterprises/:enterpriseId/recognitions', recogniseEnterprise),
  post('/enterprises/:enterpriseId/recognitions/:recognitionId/end', endRecognition),
  post('/enterprises/:enterpriseId/recognitions/:recognitionId/correct', correctRecognition),
  post('/enterprises/:enterpriseId/recognitions/:recognitionId/void', voidRecognition),
];
