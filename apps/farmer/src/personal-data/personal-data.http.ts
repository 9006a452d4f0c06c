import { get, post } from '#service-kit';
import { correctPersonDetails } from './correct-person-details.js';
import { erasePerson } from './erase-person.js';
import { revealPerson } from './reveal-person.js';
import { listReveals, readReveal } from './revealed-person.js';
import { searchPersons } from './search-persons.js';

export const personalDataRoutes = [
  post('/persons/search', searchPersons),
  post('/persons/:personId/details', correctPersonDetails),
  post('/persons/:personId/reveal', revealPerson),
  post('/persons/:personId/erase', erasePerson),
  get('/reveals', listReveals),
  get('/reveals/:revealId', readReveal),
];
