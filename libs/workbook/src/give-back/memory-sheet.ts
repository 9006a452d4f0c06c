import { attribute, elements, find, tagOf } from '../package/xml-tree.js';
import { sheetXml, rowXml } from '../export/sheet-xml.js';
import type { StylePair } from './style-book.js';

const NOTE = '请勿改动：本表记住核对时加上的颜色，改正后再次交回时据此恢复原样。';

/**
 * The hidden sheet: beside each other a cell in each style of the user's and one in ours made from it. Programs renumber styles when they
 * save, rows are sorted and deleted; a cell keeps its style through all that, so the pairs still say what to restore.
 */
export const memorySheet = (pairs: readonly StylePair[]): AsyncIterable<Buffer> =>
  sheetXml(
    { widths: [60, 12, 12] },
    [rowXml(1, [{ value: NOTE, style: 0 }]), ...pairs.map(({ original, ours }, i) => rowXml(i + 2, [{ value: i + 1, style: 0 }, { value: '原', style: original }, { value: '双绑', style: ours }]))],
  );

/** Our styles of an earlier return → what they were made from. @param xml of the hidden sheet, as whoever saved it last wrote it */
export const remembered = (xml: string): Map<number, number> => {
  const rows = find(elements(xml), 'worksheet', 'sheetData')?.children.slice(1) ?? [];
  const styles = rows.map((row) => row.children.map((cell) => Number(attribute(tagOf(xml, cell), 's') ?? 0)));
  return new Map(styles.flatMap(([, original, ours]) => (original === undefined || ours === undefined || original === ours ? [] : [[ours, original] as const])));
};
