import { appended, attribute, type Element, elements, find, type Splice, spliced, tagOf, withAttribute } from '../package/xml-tree.js';
import { xmlText } from '../package/xml-text.js';
import type { Relation } from '../package/relations.js';

export interface SheetEntry {
  readonly name: string;
  readonly relation: string;
  /** Name of its part; empty when the relation leads nowhere. */
  readonly part: string;
  /** Holds macros of Excel 4: it does not come back. */
  readonly macros: boolean;
}

const NOT_MACROS = new Set(['worksheet', 'chartsheet', 'dialogsheet']);

/** What the workbook part says, and the changes to it. Sheets are counted from 0 here, as the part does. */
export class WorkbookPart {
  readonly #root: Element;
  readonly #list: Element;
  readonly sheets: readonly SheetEntry[];
  readonly strict: boolean;

  constructor(private readonly xml: string, relations: readonly Relation[]) {
    const root = find(elements(xml), 'workbook');
    const list = root && find(root.children, 'sheets');
    if (!root || !list) throw new Error('a workbook without sheets');
    [this.#root, this.#list] = [root, list];
    this.strict = tagOf(xml, root).includes('http://purl.oclc.org/ooxml/');
    this.sheets = list.children.map((one) => {
      const [tag, relation] = [tagOf(xml, one), /\s[\w.-]+:id\s*=\s*["']([^"']*)/.exec(tagOf(xml, one))?.[1] ?? ''];
      const found = relations.find(({ id }) => id === relation);
      return { name: attribute(tag, 'name') ?? '', relation, part: found?.part ?? '', macros: found !== undefined && !NOT_MACROS.has(found.kind) };
    });
  }

  /** The sheet that is open when the workbook is. */
  get active(): number {
    const view = find(this.#root.children, 'bookViews', 'workbookView');
    return view ? Number(attribute(tagOf(this.xml, view), 'activeTab') ?? 0) : 0;
  }

  changed(changes: WorkbookChanges): string {
    const kept = this.sheets.map((sheet, i) => ({ ...sheet, at: i })).filter(({ macros }) => !macros);
    const shift = changes.first ? 1 : 0;
    /** Where a sheet stands afterwards; −1 when it is gone. */
    const place = (before: number): number => {
      const at = kept.findIndex((sheet) => sheet.at === before);
      return at < 0 ? -1 : at + shift;
    };
    return spliced(this.xml, [...this.#sheets(changes), ...this.#names(changes, place), ...this.#view(changes, place)]);
  }

  #sheets({ first, last }: WorkbookChanges): Splice[] {
    const p = this.#root.prefix;
    const namespace = this.strict ? 'http://purl.oclc.org/ooxml/officeDocument/relationships' : 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const id = Math.max(0, ...this.#list.children.map((one) => Number(attribute(tagOf(this.xml, one), 'sheetId') ?? 0)));
    const entry = ({ name, relation }: NewSheetEntry, n: number, state: string) => `<${p}sheet xmlns:r="${namespace}" name="${xmlText(name)}" sheetId="${id + n}"${state} r:id="${relation}"/>`;
    const gone = this.#list.children.filter((_, i) => this.sheets[i]?.macros).map(({ start, end }) => ({ at: start, until: end, text: '' }));
    return [
      { at: this.#list.inner, until: this.#list.inner, text: first ? entry(first, 1, '') : '' },
      ...gone,
      { at: this.#list.innerEnd, until: this.#list.innerEnd, text: last ? entry(last, 2, ' state="hidden"') : '' },
    ];
  }

  /** Names that belong to a sheet say which by its place; the filter's own name follows the filter. */
  #names({ filter }: WorkbookChanges, place: (before: number) => number): Splice[] {
    const list = find(this.#root.children, 'definedNames');
    const p = this.#root.prefix;
    const ours = filter ? `<${p}definedName name="_xlnm._FilterDatabase" localSheetId="${place(filter.sheet)}" hidden="1">${xmlText(filter.refersTo)}</${p}definedName>` : '';
    if (!list) return ours ? [this.#newNames(`<${p}definedNames>${ours}</${p}definedNames>`)] : [];
    const splices = list.children.flatMap((one) => this.#name(one, filter?.sheet, place));
    return ours ? [...splices, appended(this.xml, list, ours)] : splices;
  }

  #name(one: Element, filtered: number | undefined, place: (before: number) => number): Splice[] {
    const tag = tagOf(this.xml, one);
    const local = attribute(tag, 'localSheetId');
    const after = local === undefined ? 0 : place(Number(local));
    const replaced = attribute(tag, 'name') === '_xlnm._FilterDatabase' && local === String(filtered);
    const macro = ['xlm', 'vbProcedure'].some((name) => attribute(tag, name) === '1');
    if (replaced || macro || after < 0) return [{ at: one.start, until: one.end, text: '' }];
    return local === undefined || after === Number(local) ? [] : [{ at: one.start, until: one.inner, text: withAttribute(tag, 'localSheetId', String(after)) }];
  }

  #newNames(text: string): Splice {
    const before = ['externalReferences', 'functionGroups', 'sheets'].flatMap((name) => find(this.#root.children, name) ?? []);
    const at = before[0]?.end ?? this.#list.end;
    return { at, until: at, text };
  }

  #view({ open }: WorkbookChanges, place: (before: number) => number): Splice[] {
    const view = find(this.#root.children, 'bookViews', 'workbookView');
    if (!view) return [];
    const tag = withAttribute(tagOf(this.xml, view), 'activeTab', String(open === 'first' ? 0 : Math.max(0, place(this.active))));
    return [{ at: view.start, until: view.inner, text: tag.replace(/\sfirstSheet="[^"]*"/, '') }];
  }
}

export interface NewSheetEntry {
  readonly name: string;
  readonly relation: string;
}

export interface WorkbookChanges {
  /** Sheets to be added; null where the workbook has them from an earlier return. */
  readonly first: NewSheetEntry | null;
  readonly last: NewSheetEntry | null;
  /** The area that a sheet filters now. */
  readonly filter: { readonly sheet: number; readonly refersTo: string } | null;
  /** What is open when the workbook is: our first sheet, or what was. */
  readonly open: 'first' | 'before';
}
