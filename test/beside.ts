import type { Service } from '#service-kit';
import { service as projection } from '../apps/projection/src/service.js';

/** The real projection, for the test of a service that asks it: a service itself may not import another. */
export const projectionBeside = (): Service => projection;
