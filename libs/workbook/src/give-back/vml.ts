import { areaOf } from '../package/cell-reference.js';
import { attribute, type Element, elements, find, type Splice, spliced, tagOf, withAttribute } from '../package/xml-tree.js';

/**
 * The drawing that gives each comment its box. Excel still keeps it in VML, whose shapes are numbered in blocks of 1,024: a block belongs to
 * one drawing of the workbook.
 */
const BLOCK = 1024;
const EMPTY =
  '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout></xml>';
const SHAPE_TYPE = '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>';
const SPACES = { v: 'urn:schemas-microsoft-com:vml', o: 'urn:schemas-microsoft-com:office:office', x: 'urn:schemas-microsoft-com:office:excel' };

/** Blocks that a drawing has taken. */
export const blocksOf = (xml: string): number[] => [...xml.matchAll(/:idmap\s[^>]*data="([\d,\s]*)"/g)].flatMap(([, data = '']) => data.split(',').filter((n) => n.trim() !== '').map(Number));

/** Lines a text takes in a box of this width, wide characters counted twice. */
const LINE = 30;
const linesOf = (text: string): number => text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil([...line].reduce((n, c) => n + (c > '\u2e80' ? 2 : 1), 0) / LINE)), 0);

const shape = (id: number, reference: string, text: string): string => {
  const { top = 1, left = 1 } = areaOf(reference) ?? {};
  const anchor = [left, 15, Math.max(0, top - 2), 10, left + 3, 15, Math.max(0, top - 2) + linesOf(text) + 1, 4].join(', ');
  return (
    `<v:shape id="_x0000_s${id}" type="#_x0000_t202" style="position:absolute;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>` +
    `<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${top - 1}</x:Row><x:Column>${left - 1}</x:Column></x:ClientData></v:shape>`
  );
};

const numberIn = (xml: string, shape: Element, name: string): number => {
  const element = find(shape.children, 'ClientData', name);
  return element ? Number(xml.slice(element.inner, element.innerEnd)) : -1;
};

const gone = (xml: string, shapes: readonly Element[], removed: ReadonlySet<string>): Splice[] => {
  const places = new Set([...removed].flatMap((reference) => areaOf(reference) ?? []).map(({ top, left }) => `${top - 1}:${left - 1}`));
  return shapes
    .filter((one) => one.name === 'shape' && places.has(`${numberIn(xml, one, 'Row')}:${numberIn(xml, one, 'Column')}`))
    .map(({ start, end }) => ({ at: start, until: end, text: '' }));
};

export interface VmlChanges {
  readonly removed: ReadonlySet<string>;
  /** References of new comments with what they say. */
  readonly added: readonly (readonly [reference: string, text: string])[];
  /** Blocks taken by any drawing of the workbook. */
  readonly taken: readonly number[];
}

const shapesOf = (added: VmlChanges['added'], first: number): string =>
  added.map(([reference, text], i) => shape((first + Math.floor(i / (BLOCK - 1))) * BLOCK + 1 + (i % (BLOCK - 1)), reference, text)).join('');

const mapped = (xml: string, root: Element, blocks: readonly number[]): Splice[] => {
  const map = find(root.children, 'shapelayout', 'idmap');
  if (!map || blocks.length === 0) return [];
  const data = [attribute(tagOf(xml, map), 'data') ?? '', ...blocks].filter((one) => one !== '').join(',');
  return [{ at: map.start, until: map.inner, text: withAttribute(tagOf(xml, map), 'data', data) }];
};

const declared = (tag: string): string => Object.entries(SPACES).reduce((so, [name, uri]) => (so.includes(`xmlns:${name}=`) ? so : withAttribute(so, `xmlns:${name}`, uri)), tag);

/** @param xml of the drawing, empty when the sheet has none */
export const patchVml = (xml: string, { removed, added, taken }: VmlChanges): string => {
  const base = xml || EMPTY;
  const root = elements(base)[0];
  if (!root) throw new Error('a drawing without a root');
  const first = Math.max(0, ...taken) + 1;
  const blocks = Array.from({ length: Math.ceil(added.length / (BLOCK - 1)) }, (_, i) => first + i);
  const type = added.length > 0 && !base.includes('id="_x0000_t202"') ? SHAPE_TYPE : '';
  return spliced(base, [
    { at: root.start, until: root.inner, text: declared(tagOf(base, root)) },
    ...mapped(base, root, blocks),
    ...gone(base, root.children, removed),
    { at: root.innerEnd, until: root.innerEnd, text: type + shapesOf(added, first) },
  ]);
};
