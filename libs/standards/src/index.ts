export * from './apportion.js';
export * from './credit-code.js';
export * from './day.js';
export * from './identity-number.js';
export * from './land-code.js';
export * from './quantity.js';
export * from './region-code.js';
export * from './text.js';
