import { appended, attribute, elements, find, type Splice, spliced, tagOf, withAttribute } from './xml-tree.js';
import { xmlText } from './xml-text.js';

const PLAIN = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
const MAIN = /(?:sheet|template)\.(?:macroEnabled\.)?main\+xml$/;

export interface TypeChanges {
  readonly added: readonly { readonly part: string; readonly type: string }[];
  readonly removed: ReadonlySet<string>;
}

/** A line of the list as it is to be: the workbook's own says a plain one, whatever it was (a template, one with macros). */
const lineAfter = (tag: string, removed: ReadonlySet<string>): string => {
  const part = attribute(tag, 'PartName')?.replace(/^\//, '');
  if (part === undefined) return tag;
  if (removed.has(part)) return '';
  return MAIN.test(attribute(tag, 'ContentType') ?? '') ? withAttribute(tag, 'ContentType', PLAIN) : tag;
};

/** The list of types with parts added and removed. */
export const withTypes = (xml: string, { added, removed }: TypeChanges): string => {
  const root = find(elements(xml), 'Types');
  if (!root) throw new Error('content types without a root');
  const tags = root.children.map((one) => tagOf(xml, one));
  const kept: Splice[] = root.children.map((one, i) => ({ at: one.start, until: one.inner, text: lineAfter(tags[i] ?? '', removed) }));
  const byExtension = tags.some((tag) => attribute(tag, 'Extension')?.toLowerCase() === 'vml');
  const lines = added.map(({ part, type }) => {
    if (!part.endsWith('.vml')) return `<${root.prefix}Override PartName="/${xmlText(part)}" ContentType="${type}"/>`;
    return byExtension ? '' : `<${root.prefix}Default Extension="vml" ContentType="${type}"/>`;
  });
  return spliced(xml, [...kept, appended(xml, root, lines.join(''))]);
};
