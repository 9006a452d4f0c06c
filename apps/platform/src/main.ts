import { run } from '#service-kit';
import { services } from './services.js';

await run(services);
