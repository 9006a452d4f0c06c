import { type Area, areaOf, areaText, columnLetters } from '../package/cell-reference.js';
import { appended, attribute, type Element, elements, find, type Splice, spliced, tagOf, withAttribute } from '../package/xml-tree.js';

/** What may follow the rows, in the schema's order (ECMA-376, CT_Worksheet): a program refuses a sheet that breaks it. */
const ORDER = [
  'sheetCalcPr', 'sheetProtection', 'protectedRanges', 'scenarios', 'autoFilter', 'sortState', 'dataConsolidate', 'customSheetViews', 'mergeCells', 'phoneticPr', 'conditionalFormatting',
  'dataValidations', 'hyperlinks', 'printOptions', 'pageMargins', 'pageSetup', 'headerFooter', 'rowBreaks', 'colBreaks', 'customProperties', 'cellWatches', 'ignoredErrors', 'smartTags', 'drawing',
  'legacyDrawing', 'legacyDrawingHF', 'drawingHF', 'picture', 'oleObjects', 'controls', 'webPublishItems', 'tableParts', 'extLst',
];

const inserted = (tail: string, among: readonly Element[], name: string, text: string): Splice => {
  const rank = ORDER.indexOf(name);
  const at = among.find((one) => ORDER.indexOf(one.name) > rank)?.start ?? tail.search(/<\/[\w.:-]*worksheet\s*>/);
  return { at, until: at, text };
};

export interface TailChanges {
  readonly prefix: string;
  /** The table with its result column, from its last heading row to its last row; null where an Excel table filters itself. */
  readonly filter: Area | null;
  /** Heading rows and column to be merged, where the heading has several rows. */
  readonly merge: Area | null;
  /** Relation of the drawing that holds the comments, where the sheet has none yet. */
  readonly drawing: { readonly id: string; readonly namespace: string } | null;
}

/** The filter as it is to be: over the result column; null where the sheet filters something else. */
const filtered = (there: Area, wanted: Area): Area | null => (there.top <= wanted.top && there.bottom >= wanted.top && there.left <= wanted.right ? { ...there, right: Math.max(there.right, wanted.right) } : null);

export interface PatchedTail {
  readonly tail: string;
  /** What the sheet filters now, if that is the table. */
  readonly filter: Area | null;
}

const filterSplice = (tail: string, among: readonly Element[], { filter, prefix }: TailChanges): { splices: Splice[]; filter: Area | null } => {
  const element = find(among, 'autoFilter');
  if (!filter) return { splices: [], filter: null };
  if (!element) return { splices: [inserted(tail, among, 'autoFilter', `<${prefix}autoFilter ref="${areaText(filter)}"/>`)], filter };
  const there = areaOf(attribute(tagOf(tail, element), 'ref') ?? '');
  const area = there && filtered(there, filter);
  if (!area) return { splices: [], filter: null };
  return { splices: [{ at: element.start, until: element.inner, text: withAttribute(tagOf(tail, element), 'ref', areaText(area)) }], filter: area };
};

const mergeSplice = (tail: string, among: readonly Element[], { merge, prefix }: TailChanges): Splice[] => {
  const list = find(among, 'mergeCells');
  if (!merge || list?.children.some((one) => attribute(tagOf(tail, one), 'ref') === areaText(merge))) return [];
  const cell = `<${prefix}mergeCell ref="${areaText(merge)}"/>`;
  if (!list) return [inserted(tail, among, 'mergeCells', `<${prefix}mergeCells count="1">${cell}</${prefix}mergeCells>`)];
  const counted = withAttribute(tagOf(tail, list), 'count', String(list.children.length + 1));
  return [{ at: list.start, until: list.inner, text: counted }, appended(tail, list, cell)];
};

/** What stands behind the rows: filter, merged heading, the comments' drawing. */
export const patchTail = (tail: string, changes: TailChanges): PatchedTail => {
  const among = elements(tail);
  const { splices, filter } = filterSplice(tail, among, changes);
  const { drawing, prefix } = changes;
  const comments = drawing ? [inserted(tail, among, 'legacyDrawing', `<${prefix}legacyDrawing xmlns:r="${drawing.namespace}" r:id="${drawing.id}"/>`)] : [];
  return { tail: spliced(tail, [...splices, ...mergeSplice(tail, among, changes), ...comments]), filter };
};

/** `'花名册'!$A$3:$Q$100`: how a defined name says it. */
export const absolute = ({ top, left, bottom, right }: Area): string => `$${columnLetters(left)}$${top}:$${columnLetters(right)}$${bottom}`;
