import { type Area, columnLetters } from '../package/cell-reference.js';
import { type TypeChanges, withTypes } from '../package/content-types.js';
import type { PackageReader } from '../package/read-package.js';
import { changedRelations, freeId, type NewRelation, relationsOf } from '../package/relations.js';
import { quotedSheet } from '../export/new-workbook.js';
import { commentParts } from './comment-parts.js';
import { drawingOf, freePart, type LocatedSheet, type LocatedWorkbook, locateSheet, locateWorkbook } from './located.js';
import { type Macros, macrosOf } from './macros.js';
import { collectMarks, type Marks } from './marks.js';
import { memorySheet, remembered } from './memory-sheet.js';
import { Outgoing } from './outgoing.js';
import { columnStyles, patchHead } from './patch-head.js';
import { patchSheet } from './patch-sheet.js';
import { patchTable, tableArea } from './patch-table.js';
import { absolute, patchTail } from './patch-tail.js';
import { anchorIn, resultColumn, tableOf } from './place.js';
import { strictStream, strictText } from './strict.js';
import { StyleBook } from './style-book.js';
import { summarySheet } from './summary-sheet.js';
import { type Survey, survey } from './survey.js';
import type { GivenBack, ToGiveBack } from './told.js';
import { type Headings, MEMORY_SHEET, SUMMARY_SHEET } from './words.js';

const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const DRAWING = 'application/vnd.openxmlformats-officedocument.vmlDrawing';
const OFFICE = { strict: 'http://purl.oclc.org/ooxml/officeDocument/relationships', transitional: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships' };
const NO_MACROS = { zh: '宏没有保留：交回的是不含宏的 .xlsx。', en: 'Macros are not kept: what comes back is a plain .xlsx.' };

/** What is known before anything is written. */
interface Known {
  readonly told: ToGiveBack;
  readonly workbook: LocatedWorkbook;
  readonly sheet: LocatedSheet;
  readonly macros: Macros;
  readonly found: Survey;
  readonly table: Area;
  readonly result: number;
  readonly marks: Marks;
  readonly heading: Headings;
  /** Excel tables over the heading: their parts, and where they lie. */
  readonly excelTables: readonly { readonly part: string; readonly xml: string; readonly area: Area }[];
}

const headings = ({ judgement, sheet }: ToGiveBack): Headings => {
  const declared = new Map<string, string>(sheet.columns.map(({ id, heading }) => [id, heading]));
  return (column) => declared.get(column) ?? judgement.layout.headings.get(column)?.text ?? column;
};

const excelTables = async (source: PackageReader, parts: readonly string[], table: Area): Promise<Known['excelTables']> => {
  const found = [];
  for (const part of parts) {
    const xml = await source.text(part);
    const area = tableArea(xml);
    if (area && area.top <= table.bottom && area.bottom >= table.top) found.push({ part, xml, area });
  }
  return found;
};

const know = async (source: PackageReader, told: ToGiveBack): Promise<Known> => {
  const { judgement } = told;
  const workbook = await locateWorkbook(source);
  const sheet = await locateSheet(source, workbook.book.sheets, judgement.layout.sheet);
  const table = tableOf(judgement);
  const found = await survey(await source.stream(sheet.part), table);
  const tables = await excelTables(source, sheet.tables, table);
  const taken = new Set(found.used);
  for (const { area } of tables) for (let column = area.left; column <= area.right; column += 1) taken.add(column);
  const heading = headings(told);
  return {
    told, workbook, sheet, found, table, heading, macros: await macrosOf(source, workbook), result: resultColumn(judgement, table, taken),
    marks: collectMarks(judgement, anchorIn(found, table), heading), excelTables: tables,
  };
};

/** One workbook on its way back: which parts change, and into what. */
export class Returning {
  readonly outgoing = new Outgoing();
  readonly #styles: StyleBook;
  readonly #types: TypeChanges['added'][number][] = [];
  readonly #relations: NewRelation[] = [];
  #comments = 0;

  private constructor(private readonly source: PackageReader, private readonly known: Known, styles: string) {
    this.#styles = new StyleBook(styles);
  }

  static async prepare(source: PackageReader, told: ToGiveBack): Promise<Returning> {
    const known = await know(source, told);
    const { styles } = known.workbook;
    const returning = new Returning(source, known, styles ? await source.text(styles) : '');
    await returning.#sheet();
    returning.#book();
    return returning;
  }

  get said(): GivenBack {
    return { resultColumn: columnLetters(this.known.result), comments: this.#comments, remarks: this.known.macros.parts.size > 0 ? [NO_MACROS] : [] };
  }

  /** Our first sheet opens when the workbook does, unless several sheets would then be selected and edited together. */
  get #opensFirst(): boolean {
    const { active, sheets } = this.known.workbook.book;
    const there = sheets.findIndex(({ name }) => name === SUMMARY_SHEET);
    return there <= 0 && (active === this.known.sheet.at || active === there);
  }

  async #sheet(): Promise<void> {
    const { sheet, found, result, told, marks } = this.known;
    const { headingRows } = told.judgement.layout;
    const tail = patchTail(found.tail, { prefix: found.prefix, filter: this.#tables(), merge: this.#merge(), drawing: await this.#commentParts() });
    this.#filter = tail.filter;
    const stale = await this.#stale();
    const changes = {
      prefix: found.prefix, head: patchHead(found.head, result, { selected: !this.#opensFirst }), tail: tail.tail, headingRows, result, marks,
      styles: this.#styles, stale, columnStyle: columnStyles(found.head),
    };
    const { source } = this;
    this.outgoing.set(sheet.part, async function* () {
      yield* patchSheet(await source.stream(sheet.part), changes);
    });
  }

  #filter: Area | null = null;

  /** Extends an Excel table that ends beside the result; what is left to filter by the sheet itself. */
  #tables(): Area | null {
    const { excelTables: tables, table, result, told } = this.known;
    for (const { part, xml, area } of tables) if (area.right === result - 1) this.outgoing.set(part, patchTable(xml, { ...area, right: result }));
    return tables.length > 0 ? null : { ...table, top: told.judgement.layout.headingRows[1], right: result };
  }

  #merge(): Area | null {
    const { result, told, excelTables: tables } = this.known;
    const [top, bottom] = told.judgement.layout.headingRows;
    return top < bottom && tables.length === 0 ? { top, left: result, bottom, right: result } : null;
  }

  async #stale(): Promise<ReadonlyMap<number, number>> {
    const entry = this.known.workbook.book.sheets.find(({ name }) => name === MEMORY_SHEET);
    return this.#styles.restored(entry?.part ? remembered(await this.source.text(entry.part)) : new Map());
  }

  /** The comments with the drawing of their boxes; the relation the sheet needs for a drawing it has not yet. */
  async #commentParts(): Promise<{ id: string; namespace: string } | null> {
    const { sheet, found, marks, workbook: { book } } = this.known;
    const there = { comments: sheet.comments, drawing: drawingOf(found.tail, sheet) };
    const parts = await commentParts(this.source, there, marks);
    if (!parts) return null;
    this.#comments = parts.count;
    const added: NewRelation[] = [];
    const place = (name: string, kind: string, fresh: string, type: string): string => {
      if (name) return name;
      added.push({ id: freeId([...sheet.relations, ...added].map(({ id }) => id)), kind, part: fresh });
      this.#types.push({ part: fresh, type });
      return fresh;
    };
    this.outgoing.set(place(there.comments, 'comments', freePart(this.source, 'xl', 'comments', 'xml'), `${SPREADSHEET}.comments+xml`), book.strict ? strictText(parts.comments) : parts.comments);
    this.outgoing.set(place(there.drawing, 'vmlDrawing', freePart(this.source, 'xl/drawings', 'vmlDrawing', 'vml'), DRAWING), parts.drawing);
    if (added.length > 0) this.outgoing.set(relationsOf(sheet.part), changedRelations(sheet.relationsXml, { added, strict: book.strict }));
    const drawing = added.find(({ kind }) => kind === 'vmlDrawing');
    return drawing ? { id: drawing.id, namespace: book.strict ? OFFICE.strict : OFFICE.transitional } : null;
  }

  /** A sheet of ours: in the part it has from an earlier return, or in a new one. */
  #own(name: string, stem: string, content: () => AsyncIterable<Buffer>): { name: string; relation: string } | null {
    const there = this.known.workbook.book.sheets.find((sheet) => sheet.name === name);
    const part = there?.part ? there.part : freePart(this.source, 'xl/worksheets', stem, 'xml');
    this.outgoing.setLast(part, this.known.workbook.book.strict ? () => strictStream(content()) : content);
    if (there?.part) return null;
    return { name, relation: this.#relate('worksheet', part, `${SPREADSHEET}.worksheet+xml`) };
  }

  #relate(kind: string, part: string, type: string): string {
    const id = freeId([...this.known.workbook.relations, ...this.#relations].map((one) => one.id));
    this.#relations.push({ id, kind, part });
    this.#types.push({ part, type });
    return id;
  }

  #book(): void {
    const { workbook, macros, sheet, told } = this.known;
    const { file = told.input, judgement, on } = told;
    const remarks = this.said.remarks.map(({ zh }) => zh);
    const summary = { file, judgement, on, remarks, marks: this.known.marks, heading: this.known.heading };
    const first = this.#own(SUMMARY_SHEET, 'summary', () => summarySheet(summary, this.#styles, { selected: this.#opensFirst }));
    const last = this.#own(MEMORY_SHEET, 'memory', () => memorySheet(this.#styles.pairs));
    const styles = workbook.styles || 'xl/styles.xml';
    if (!workbook.styles) this.#relate('styles', styles, `${SPREADSHEET}.styles+xml`);
    const filter = this.#filter && { sheet: sheet.at, refersTo: `${quotedSheet(judgement.layout.sheet)}!${absolute(this.#filter)}` };
    const { outgoing } = this;
    for (const part of macros.parts) outgoing.removed.add(part);
    outgoing.set(workbook.part, workbook.book.changed({ first, last, filter, open: this.#opensFirst ? 'first' : 'before' }));
    outgoing.set(relationsOf(workbook.part), changedRelations(workbook.relationsXml, { added: this.#relations, removed: macros.relations, strict: workbook.book.strict }));
    outgoing.set('[Content_Types].xml', withTypes(workbook.types, { added: this.#types, removed: macros.parts }));
    outgoing.setLast(styles, () => this.#styles.toString());
  }
}
