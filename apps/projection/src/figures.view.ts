import { defineView } from '#decider';
import type { Tx } from '#postgres';
import { derive } from './ledger/index.js';
import { buildWith } from './store/build.js';
import { foldInto } from './store/fold.js';
import { Memory } from './store/memory.js';
import { tables } from './store/tables.js';

/** A generation being built beside the live one has a memory of its own. */
const memories = new Map<string, Memory>();
const memoryOf = (schema: string): Memory => {
  const memory = memories.get(schema) ?? new Memory();
  memories.delete(schema);
  memories.set(schema, memory);
  const [oldest] = memories.keys();
  if (memories.size > 2 && oldest !== undefined) memories.delete(oldest);
  return memory;
};

/** What does each subject count for, in every figure, on every day, as known at every time? The ledger of all figures. */
export const figures = defineView<Tx>({
  name: 'figures',
  version: 4,
  services: ['farmer', 'cooperative', 'enterprise'],
  tables,
  build: buildWith(derive),
  fold: (batch, context) => foldInto(memoryOf(context.schema), derive)(batch, context),
});
