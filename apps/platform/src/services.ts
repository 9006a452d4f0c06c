import type { Service } from '#service-kit';
import { service as cooperative } from '../../cooperative/src/service.js';
import { service as enterprise } from '../../enterprise/src/service.js';
import { farmer } from '../../farmer/src/service.js';
import { service as projection } from '../../projection/src/service.js';
import { service as star } from '../../star/src/service.js';

/** Every service of the product. */
export const services: readonly Service[] = [farmer, cooperative, enterprise, projection, star];
