import { MEASURES } from '../measures/index.js';
import { deriveWith } from './derive.js';

/** The ledger lines of a subject, over every measure there is. */
export const derive = deriveWith(MEASURES);
