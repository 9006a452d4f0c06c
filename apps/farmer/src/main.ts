import { main } from '#service-kit';
import { farmer } from './service.js';

await main([farmer]);
