import type { Service } from './manifest.js';
import { Process } from './process.js';
import type { Overrides, Running } from './running.js';

/** Runs services in this process until stopped. One service or all: the same code. @throws ConfigError that says what to set */
export const run = (services: readonly Service[], overrides: Overrides = {}): Promise<Running> => Process.start(services, overrides);
