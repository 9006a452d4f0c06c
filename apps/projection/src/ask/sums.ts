import * as stored from './ledger.js';
import { askedOf, type Question } from './question.js';
import { seenThrough } from './visible.js';

const add = (sums: Map<string, number>, key: string, value: number): void => {
  sums.set(key, (sums.get(key) ?? 0) + value);
};

/** The figure, within what the caller may see. */
export const totalOf = async (question: Question): Promise<number> => {
  const { ledger, key } = question;
  let sum = await stored.total(ledger.sql, ledger.schema, askedOf(question));
  for await (const { entry } of seenThrough(question, key)) sum += entry.value;
  return sum;
};

/** The figure of every group of a dimension. They may overlap: never sum them. */
export const byGroupOf = async (question: Question, dimension: string): Promise<Map<string, number>> => {
  const { ledger } = question;
  const sums = await stored.byGroup(ledger.sql, ledger.schema, { ...askedOf(question), group: dimension });
  for await (const { entry } of seenThrough(question, { dimension })) add(sums, entry.group.slice(dimension.length + 1), entry.value);
  return sums;
};
