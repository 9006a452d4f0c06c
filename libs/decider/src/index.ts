export * from './automation.js';
export * from './command.js';
export * from './event.js';
export * from './refusal.js';
export * from './stream.js';
export * from './testing.js';
export * from './view.js';
