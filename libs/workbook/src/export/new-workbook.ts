import type { Writable } from 'node:stream';
import { PackageWriter } from '../package/write-package.js';
import { xmlText } from '../package/xml-text.js';
import { STYLES } from './xlsx-styles.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
export const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export interface NewSheet {
  readonly name: string;
  readonly hidden?: boolean;
}

export interface DefinedName {
  readonly name: string;
  readonly refersTo: string;
  /** Place of the sheet it belongs to, from 0. */
  readonly sheet?: number;
}

/** What Excel forbids in a sheet's name, and its 31 characters. */
export const sheetName = (text: string): string => text.replace(/[\\/?*[\]:]/g, ' ').replace(/^'+|'+$/g, '').slice(0, 31) || '名单';

/** `'花名册'!$A$1` and the like. */
export const quotedSheet = (name: string): string => `'${name.replaceAll("'", "''")}'`;

const workbook = (sheets: readonly NewSheet[], names: readonly DefinedName[]): string => {
  const lines = sheets.map(({ name, hidden }, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`);
  const defined = names.map(({ name, refersTo, sheet }) => {
    const own = sheet === undefined ? '' : ` localSheetId="${sheet}"`;
    return `<definedName name="${name}"${own}${name.endsWith('_FilterDatabase') ? ' hidden="1"' : ''}>${xmlText(refersTo)}</definedName>`;
  });
  return `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews><sheets>${lines.join('')}</sheets>${defined.length ? `<definedNames>${defined.join('')}</definedNames>` : ''}</workbook>`;
};

/** A workbook of our own: sheets are written one after the other, as they come. */
export class NewWorkbook {
  readonly #package: PackageWriter;
  readonly #sheets: NewSheet[] = [];
  readonly #names: DefinedName[] = [];

  constructor(to: Writable) {
    this.#package = new PackageWriter(to);
  }

  async sheet(sheet: NewSheet, xml: AsyncIterable<Buffer>): Promise<void> {
    this.#sheets.push(sheet);
    await this.#package.stream(`xl/worksheets/sheet${this.#sheets.length}.xml`, xml);
  }

  define(name: DefinedName): void {
    this.#names.push(name);
  }

  async close(): Promise<void> {
    const numbers = this.#sheets.map((_, i) => i + 1);
    const overrides = numbers.map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPES}.worksheet+xml"/>`).join('');
    const relation = (id: string, kind: string, target: string) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
    const relations = (lines: readonly string[]) => `${DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines.join('')}</Relationships>`;
    const out = this.#package;
    await out.text('[Content_Types].xml', `${DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${overrides}</Types>`);
    await out.text('_rels/.rels', relations([relation('rId1', 'officeDocument', 'xl/workbook.xml')]));
    await out.text('xl/workbook.xml', workbook(this.#sheets, this.#names));
    await out.text('xl/_rels/workbook.xml.rels', relations([...numbers.map((n) => relation(`rId${n}`, 'worksheet', `worksheets/sheet${n}.xml`)), relation(`rId${numbers.length + 1}`, 'styles', 'styles.xml')]));
    await out.text('xl/styles.xml', STYLES);
    await out.close();
  }
}
