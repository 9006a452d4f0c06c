import { type Area, areaOf, areaText } from '../package/cell-reference.js';
import { appended, attribute, elements, find, type Splice, spliced, tagOf, withAttribute } from '../package/xml-tree.js';
import { xmlText } from '../package/xml-text.js';
import { RESULT_HEADING } from './words.js';

/** An Excel table over the heading: where it lies. @param xml of a table part */
export const tableArea = (xml: string): Area | null => {
  const table = find(elements(xml), 'table');
  return table ? areaOf(attribute(tagOf(xml, table), 'ref') ?? '') : null;
};

/** The table with the result as its last column, and its filter over it. */
export const patchTable = (xml: string, area: Area): string => {
  const table = find(elements(xml), 'table');
  const columns = table && find(table.children, 'tableColumns');
  if (!table || !columns) return xml;
  const p = table.prefix;
  const filter = find(table.children, 'autoFilter');
  const totals = Number(attribute(tagOf(xml, table), 'totalsRowCount') ?? 0);
  const filtered = areaText({ ...area, bottom: area.bottom - totals });
  const ids = columns.children.map((one) => Number(attribute(tagOf(xml, one), 'id') ?? 0));
  const column = `<${p}tableColumn id="${Math.max(0, ...ids) + 1}" name="${xmlText(RESULT_HEADING)}"/>`;
  const filterSplice: Splice = filter
    ? { at: filter.start, until: filter.inner, text: withAttribute(tagOf(xml, filter), 'ref', filtered) }
    : { at: table.inner, until: table.inner, text: `<${p}autoFilter ref="${filtered}"/>` };
  return spliced(xml, [
    { at: table.start, until: table.inner, text: withAttribute(tagOf(xml, table), 'ref', areaText(area)) },
    filterSplice,
    { at: columns.start, until: columns.inner, text: withAttribute(tagOf(xml, columns), 'count', String(columns.children.length + 1)) },
    appended(xml, columns, column),
  ]);
};
