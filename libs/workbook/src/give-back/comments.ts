import { type Element, elements, find, attribute, appended, type Splice, spliced, tagOf } from '../package/xml-tree.js';
import { plainText, spaceAttribute, xmlText } from '../package/xml-text.js';
import { COMMENT_MARK } from './words.js';

/** A comment of ours: what it says, by reference (`C5`). */
export type OurComments = ReadonlyMap<string, string>;

const EMPTY = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors/><commentList/></comments>';

export interface PatchedComments {
  readonly xml: string;
  /** References of comments that had no other than ours before: their shapes go. */
  readonly removed: ReadonlySet<string>;
  /** References of comments that are new: they need a shape. */
  readonly added: readonly string[];
}

const descendants = (element: Element, name: string): Element[] => element.children.flatMap((one) => (one.name === name ? [one] : descendants(one, name)));

/** Cuts what an earlier return added; null when nothing else is left. */
const withoutOurs = (xml: string, comment: Element): string | null => {
  const text = find(comment.children, 'text');
  const runs = text ? descendants(text, 't').map((t) => ({ t, said: plainText(xml.slice(t.inner, t.innerEnd)) })) : [];
  const whole = runs.map(({ said }) => said).join('');
  const at = whole.indexOf(COMMENT_MARK);
  if (at < 0) return xml.slice(comment.start, comment.end);
  const left = whole.slice(0, at).trimEnd().length;
  if (left === 0) return null;
  const splices: Splice[] = [];
  let before = 0;
  for (const { t, said } of runs) {
    const keep = Math.max(0, Math.min(said.length, left - before));
    if (keep < said.length) splices.push({ at: t.inner, until: t.innerEnd, text: xmlText(said.slice(0, keep)) });
    before += said.length;
  }
  return spliced(xml.slice(comment.start, comment.end), splices.map(({ at, until, text: cut }) => ({ at: at - comment.start, until: until - comment.start, text: cut })));
};

const run = (p: string, text: string): string => `<${p}r><${p}t${spaceAttribute(text)}>${xmlText(text)}</${p}t></${p}r>`;

/** Adds a run behind what the comment says; a text without runs becomes the first of them. */
const withOurs = (comment: string, prefix: string, text: string): string => {
  const element = find(elements(comment), 'comment', 'text');
  if (!element) return comment;
  const plain = find(element.children, 't');
  const first: Splice[] = plain ? [{ at: plain.start, until: plain.end, text: `<${prefix}r>${comment.slice(plain.start, plain.end)}</${prefix}r>` }] : [];
  return spliced(comment, [...first, appended(comment, element, run(prefix, `\n${text}`))]);
};

interface Parts {
  readonly prefix: string;
  readonly authors: Element;
  readonly list: Element;
}

const partsOf = (xml: string): Parts => {
  const root = find(elements(xml), 'comments');
  const [authors, list] = ['authors', 'commentList'].map((name) => root && find(root.children, name));
  if (!root || !authors || !list) throw new Error('comments without a list');
  return { prefix: root.prefix, authors, list };
};

/** The comments that are there: what an earlier return said goes, what is said now is added to them. */
const there = (xml: string, { prefix, list }: Parts, waiting: Map<string, string>): { splices: Splice[]; removed: Set<string> } => {
  const removed = new Set<string>();
  const splices = list.children.map((comment) => {
    const reference = attribute(tagOf(xml, comment), 'ref') ?? '';
    const kept = withoutOurs(xml, comment);
    const text = kept === null ? undefined : waiting.get(reference);
    if (kept === null) removed.add(reference);
    if (text !== undefined) waiting.delete(reference);
    return { at: comment.start, until: comment.end, text: text === undefined ? (kept ?? '') : withOurs(kept ?? '', prefix, text) };
  });
  return { splices, removed };
};

/** @param xml of the comments part, empty when the sheet has none */
export const patchComments = (xml: string, ours: OurComments, author: string): PatchedComments => {
  const base = xml || EMPTY;
  const parts = partsOf(base);
  const { prefix: p, authors, list } = parts;
  const waiting = new Map(ours);
  const { splices, removed } = there(base, parts, waiting);
  const known = authors.children.findIndex(({ inner, innerEnd }) => plainText(base.slice(inner, innerEnd)) === author);
  const number = known < 0 ? authors.children.length : known;
  const lines = [...waiting].map(([reference, text]) => `<${p}comment ref="${reference}" authorId="${number}"><${p}text>${run(p, text)}</${p}text></${p}comment>`);
  const signed = lines.length > 0 && known < 0 ? [appended(base, authors, `<${p}author>${xmlText(author)}</${p}author>`)] : [];
  const added = lines.length > 0 ? [appended(base, list, lines.join(''))] : [];
  return { xml: spliced(base, [...signed, ...splices, ...added]), removed, added: [...waiting.keys()] };
};
