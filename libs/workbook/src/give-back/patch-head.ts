import { areaOf, areaText } from '../package/cell-reference.js';
import { attribute, type Element, elements, find, type Splice, spliced, tagOf, withAttribute } from '../package/xml-tree.js';

/** In characters: a reason fits, and what is longer flows on over the empty columns beside it. */
const WIDTH = 48;

interface Column {
  readonly min: number;
  readonly max: number;
  readonly tag: string;
}

const columnsOf = (head: string, cols: Element | undefined): Column[] =>
  (cols?.children ?? []).map((one) => {
    const tag = tagOf(head, one);
    return { min: Number(attribute(tag, 'min')), max: Number(attribute(tag, 'max')), tag };
  });

/** Styles of columns, for cells that are not there. */
export const columnStyles = (head: string): ((column: number) => number) => {
  const columns = columnsOf(head, find(elements(head), 'worksheet', 'cols'));
  return (column) => Number(attribute(columns.find(({ min, max }) => min <= column && column <= max)?.tag ?? '', 'style') ?? 0);
};

const within = ({ tag }: Column, min: number, max: number): string => (min > max ? '' : withAttribute(withAttribute(tag, 'min', String(min)), 'max', String(max)));

/** The columns' widths with the result column's own; a definition over many columns, often the hidden rest of the sheet, is cut in two. */
const widths = (columns: readonly Column[], result: number, prefix: string): string => {
  const ours = `<${prefix}col min="${result}" max="${result}" width="${WIDTH}" customWidth="1"/>`;
  const before = columns.map((one) => within(one, one.min, Math.min(one.max, result - 1)));
  const behind = columns.map((one) => within(one, Math.max(one.min, result + 1), one.max));
  return [...before, ours, ...behind].join('');
};

const dimension = (head: string, sheet: Element, result: number): Splice[] => {
  const element = find(sheet.children, 'dimension');
  const area = element && areaOf(attribute(tagOf(head, element), 'ref') ?? '');
  if (!element || !area || area.right >= result) return [];
  return [{ at: element.start, until: element.inner, text: withAttribute(tagOf(head, element), 'ref', areaText({ ...area, right: result })) }];
};

/** Two selected sheets would be edited together: the one that opens is the first sheet, so this one lets go. */
const unselected = (head: string, sheet: Element): Splice[] =>
  (find(sheet.children, 'sheetViews')?.children ?? []).map((view) => ({ at: view.start, until: view.inner, text: tagOf(head, view).replace(/\stabSelected="[^"]*"/, '') }));

/** What stands before the rows: the sheet's size, its selection, its columns. */
export const patchHead = (head: string, result: number, { selected }: { selected: boolean }): string => {
  const sheet = find(elements(head), 'worksheet');
  const data = sheet && find(sheet.children, 'sheetData');
  if (!sheet || !data) throw new Error('a sheet without rows');
  const cols = find(sheet.children, 'cols');
  const columns = columnsOf(head, cols);
  const own = columns.some(({ min, max, tag }) => min === result && max === result && attribute(tag, 'hidden') !== '1');
  const text = widths(columns, result, sheet.prefix);
  const place = cols ? { at: cols.inner, until: cols.innerEnd, text } : { at: data.start, until: data.start, text: `<${sheet.prefix}cols>${text}</${sheet.prefix}cols>` };
  return spliced(head, [...dimension(head, sheet, result), ...(selected ? [] : unselected(head, sheet)), ...(own ? [] : [place])]);
};
