export * from './judge/judgement.js';
export * from './judge/verdict.js';
export * from './read/cell.js';
export * from './read/layout.js';
export * from './sheet/define-sheet.js';
export * from './sheet/kind.js';
export * from './sheet/rule.js';
