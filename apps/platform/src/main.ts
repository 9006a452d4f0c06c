import { parseArgs } from 'node:util';
import { run } from '#service-kit';
import { startSample } from './sample/start.js';
import { services } from './services.js';

const { values } = parseArgs({ options: { sample: { type: 'boolean', default: false } } });

await (values.sample ? startSample() : run(services));
