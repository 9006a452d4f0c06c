import type { PackageReader } from '../package/read-package.js';
import { type Relation, relations, relationsOf } from '../package/relations.js';
import { attribute, elements, find, tagOf } from '../package/xml-tree.js';
import { type SheetEntry, WorkbookPart } from './workbook-part.js';

/** A part with its text and where it points. */
export interface Located {
  readonly part: string;
  readonly xml: string;
  readonly relations: readonly Relation[];
  readonly relationsXml: string;
}

const textOf = async (source: PackageReader, part: string): Promise<string> => {
  const name = source.named(part);
  return name === undefined ? '' : source.text(name);
};

/** Where a part points; its own text only when asked for, as a sheet's is streamed. */
export const locate = async (source: PackageReader, part: string, { whole = true } = {}): Promise<Located> => {
  const name = source.named(part) ?? part;
  const relationsXml = await textOf(source, relationsOf(name));
  const found = relations(relationsXml, name).map((one) => ({ ...one, part: source.named(one.part) ?? one.part }));
  return { part: name, xml: whole ? await textOf(source, name) : '', relations: found, relationsXml };
};

export interface LocatedWorkbook extends Located {
  readonly book: WorkbookPart;
  readonly types: string;
  readonly styles: string;
}

export const locateWorkbook = async (source: PackageReader): Promise<LocatedWorkbook> => {
  const main = relations(await textOf(source, '_rels/.rels'), '').find(({ kind }) => kind === 'officeDocument');
  const workbook = await locate(source, main?.part ?? 'xl/workbook.xml');
  const styles = workbook.relations.find(({ kind }) => kind === 'styles')?.part ?? '';
  return { ...workbook, book: new WorkbookPart(workbook.xml, workbook.relations), types: await textOf(source, '[Content_Types].xml'), styles };
};

export interface LocatedSheet extends Located {
  /** Its place among the sheets, from 0. */
  readonly at: number;
  readonly comments: string;
  readonly tables: readonly string[];
}

export const locateSheet = async (source: PackageReader, sheets: readonly SheetEntry[], name: string): Promise<LocatedSheet> => {
  const at = sheets.findIndex((sheet) => sheet.name === name);
  const part = sheets[at]?.part;
  if (!part) throw new Error('the sheet that was read is not in the workbook');
  const sheet = await locate(source, part, { whole: false });
  const of = (kind: string) => sheet.relations.filter((one) => one.kind === kind && source.parts.has(one.part)).map((one) => one.part);
  return { ...sheet, at, comments: of('comments')[0] ?? '', tables: of('table') };
};

/** The drawing of the comments' boxes, which the sheet names behind its rows. */
export const drawingOf = (tail: string, { relations: found }: Located): string => {
  const element = find(elements(tail), 'legacyDrawing');
  const id = element && attribute(tagOf(tail, element), 'id');
  return found.find((one) => one.id === id)?.part ?? '';
};

/** A name no part bears. */
export const freePart = (source: PackageReader, folder: string, stem: string, extension: string): string => {
  let n = 1;
  while (source.named(`${folder}/${stem}${n}.${extension}`) !== undefined) n += 1;
  return `${folder}/${stem}${n}.${extension}`;
};
