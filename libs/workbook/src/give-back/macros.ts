import type { PackageReader } from '../package/read-package.js';
import { relationsOf } from '../package/relations.js';
import { locate, type LocatedWorkbook } from './located.js';

export interface Macros {
  readonly parts: ReadonlySet<string>;
  /** Of the workbook's relations. */
  readonly relations: ReadonlySet<string>;
}

/** Everything that holds macros: the project of Visual Basic with its signatures, and sheets of Excel 4 macros. */
export const macrosOf = async (source: PackageReader, { relations, book }: LocatedWorkbook): Promise<Macros> => {
  const sheets = new Set(book.sheets.filter(({ macros }) => macros).map(({ relation }) => relation));
  const found = relations.filter(({ id, kind }) => kind === 'vbaProject' || sheets.has(id));
  const parts = new Set<string>();
  for (const { part, kind } of found) {
    const below = kind === 'vbaProject' ? (await locate(source, part, { whole: false })).relations.map((one) => one.part) : [];
    for (const one of [part, ...below]) parts.add(one).add(relationsOf(one));
  }
  return { parts, relations: new Set(found.map(({ id }) => id)) };
};
