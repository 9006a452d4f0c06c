import { posix } from 'node:path';
import { Unreadable } from '../unreadable.js';
import { type Attributes, readPart } from './xml.js';
import type { Zip } from './zip.js';

interface Relation {
  readonly id: string;
  /** Last word of the relation's type: `worksheet`, `sharedStrings`, in the transitional and the strict namespace alike. */
  readonly type: string;
  readonly target: string;
}

export interface WorkbookPart {
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly part: string }[];
  readonly date1904: boolean;
  readonly strings: string | null;
  readonly styles: string | null;
  readonly macros: boolean;
}

const lastWord = (type: string): string => type.slice(type.lastIndexOf('/') + 1);
const attribute = (attributes: Attributes, name: string): string | undefined => {
  for (const [key, value] of Object.entries(attributes)) if (key === name || key.endsWith(`:${name}`)) return value;
  return undefined;
};

/** Relations of a part; targets absolute (`/xl/…`) or relative to the part's folder. Those that lead out of the package are left out. */
const relationsOf = async (zip: Zip, part: string): Promise<Relation[]> => {
  const rels = posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);
  const found: Relation[] = [];
  if (!zip.has(rels)) return found;
  await readPart(zip, rels, {
    open: (name, { Id = '', Type = '', Target = '', TargetMode }) => {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      found.push({ id: Id, type: lastWord(Type), target: Target.startsWith('/') ? Target.slice(1) : posix.join(posix.dirname(part), Target) });
    },
  });
  return found;
};

const mainPart = async (zip: Zip): Promise<string> => {
  const office = (await relationsOf(zip, '')).find((relation) => relation.type === 'officeDocument');
  const part = office?.target ?? 'xl/workbook.xml';
  if (!zip.has(part)) throw new Unreadable('not-a-workbook', { detail: 'zip' });
  if (part.endsWith('.bin')) throw new Unreadable('not-a-workbook', { detail: '.xlsb' });
  return part;
};

const yes = (value: string | undefined): boolean => value === '1' || value === 'true';

/** @throws Unreadable when the zip is no workbook */
export const readWorkbookPart = async (zip: Zip): Promise<WorkbookPart> => {
  const part = await mainPart(zip);
  const relations = await relationsOf(zip, part);
  const target = (type: string): string | null => relations.find((relation) => relation.type === type && zip.has(relation.target))?.target ?? null;
  const listed: { name: string; hidden: boolean; id: string }[] = [];
  let date1904 = false;
  let isWorkbook = false;
  await readPart(zip, part, {
    open: (name, attributes) => {
      if (name === 'workbook') isWorkbook = true;
      if (name === 'workbookPr') date1904 = yes(attributes.date1904);
      if (name !== 'sheet') return;
      listed.push({ name: attributes.name ?? '', hidden: (attributes.state ?? 'visible') !== 'visible', id: attribute(attributes, 'id') ?? '' });
    },
  });
  if (!isWorkbook) throw new Unreadable('not-a-workbook', { detail: part });
  const sheets = listed.flatMap(({ name, hidden, id }) => {
    const relation = relations.find((one) => one.id === id && one.type === 'worksheet');
    return relation && zip.has(relation.target) ? [{ name, hidden, part: relation.target }] : [];
  });
  return { sheets, date1904, strings: target('sharedStrings'), styles: target('styles'), macros: [...zip.names()].some((name) => name.endsWith('vbaproject.bin')) };
};
