import { main } from '#service-kit';
import { service } from './service.js';

await main([service]);
