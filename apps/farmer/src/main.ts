import { run } from '#service-kit';
import { farmer } from './service.js';

await run([farmer]);
