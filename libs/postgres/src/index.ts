export { openDatabase, type Database, type DatabaseOptions, type Session, type Tx } from './database.js';
export { startEmbedded, type Embedded, type EmbeddedOptions } from './embedded.js';
export { gathering, gatheringFinds, type GatheringOptions } from './gathering.js';
export { ensureDatabase, migrate, type MigrationClass } from './migrate.js';
