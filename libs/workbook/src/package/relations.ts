import { posix } from 'node:path';
import { attribute, elements, find, appended, spliced, tagOf } from './xml-tree.js';
import { xmlText } from './xml-text.js';

/** Where one part points at another (ECMA-376 part 2, 9.3). */
export interface Relation {
  readonly id: string;
  /** The type's last word: `worksheet`, `comments`, `vmlDrawing`. Strict and transitional files differ in what stands before it. */
  readonly kind: string;
  /** The part's name, without a leading slash; empty for what lies outside the package. */
  readonly part: string;
}

export const relationsOf = (part: string): string => posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);

const resolved = (part: string, target: string): string => (target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(part), target));

/** @param xml of the relations part, empty when there is none */
export const relations = (xml: string, part: string): Relation[] =>
  (find(elements(xml), 'Relationships')?.children ?? []).map((one) => {
    const tag = tagOf(xml, one);
    const target = (attribute(tag, 'Target') ?? '').replaceAll('\\', '/');
    const outside = attribute(tag, 'TargetMode') === 'External';
    return { id: attribute(tag, 'Id') ?? '', kind: (attribute(tag, 'Type') ?? '').split('/').at(-1) ?? '', part: outside ? '' : resolved(part, target) };
  });

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const STRICT = 'http://purl.oclc.org/ooxml/officeDocument/relationships';
const EMPTY = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>';

export const freeId = (taken: Iterable<string>): string => {
  const ids = new Set(taken);
  let n = ids.size + 1;
  while (ids.has(`rId${n}`)) n += 1;
  return `rId${n}`;
};

export interface NewRelation {
  readonly id: string;
  readonly kind: string;
  /** The target's name in the package. */
  readonly part: string;
}

/** The relations part with some more and some less; targets are written absolute, which every reader understands. */
export const changedRelations = (xml: string, { added, removed = new Set(), strict }: { added: readonly NewRelation[]; removed?: ReadonlySet<string>; strict: boolean }): string => {
  const base = xml || EMPTY;
  const root = find(elements(base), 'Relationships');
  if (!root) throw new Error('relations without a root');
  const gone = root.children.filter((one) => removed.has(attribute(tagOf(base, one), 'Id') ?? '')).map(({ start, end }) => ({ at: start, until: end, text: '' }));
  const lines = added.map(({ id, kind, part }) => `<${root.prefix}Relationship Id="${id}" Type="${strict ? STRICT : OFFICE}/${kind}" Target="/${xmlText(part)}"/>`);
  return spliced(base, [...gone, appended(base, root, lines.join(''))]);
};
