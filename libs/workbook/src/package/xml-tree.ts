import { plainText } from './xml-text.js';

/** An element of a small part, by its places in the text: whatever is not spliced stays byte for byte. */
export interface Element {
  /** Without its prefix. */
  readonly name: string;
  /** With its colon (`x:`), or empty. */
  readonly prefix: string;
  readonly start: number;
  /** Behind the opening tag. */
  readonly inner: number;
  /** Where the closing tag begins; `inner` of an empty one. */
  innerEnd: number;
  end: number;
  readonly children: Element[];
}

const MARKUP = /<(?:!--[\s\S]*?-->|!\[CDATA\[[\s\S]*?\]\]>|[?!][^>]*>|(\/?)([\w.-]+:)?([\w.-]+)((?:"[^"]*"|'[^']*'|[^"'>])*)>)/g;

const opened = ({ index: start, 0: tag, 2: prefix = '', 3: name = '' }: RegExpExecArray): Element => {
  const end = start + tag.length;
  return { name, prefix, start, inner: end, innerEnd: end, end, children: [] };
};

const closed = (open: Element[], { index: innerEnd, 0: tag, 3: name }: RegExpExecArray): void => {
  const at = open.findLastIndex((one, i) => i > 0 && one.name === name);
  if (at > 0) for (const one of open.splice(at)) Object.assign(one, { innerEnd, end: innerEnd + tag.length });
};

/** The elements of a text, which may be a fragment: closing tags without an opening one are passed over. */
export const elements = (xml: string): Element[] => {
  const root: Element = { name: '', prefix: '', start: 0, inner: 0, innerEnd: xml.length, end: xml.length, children: [] };
  const open = [root];
  for (const found of xml.matchAll(MARKUP)) {
    if (!found[3]) continue;
    if (found[1]) closed(open, found);
    else {
      const element = opened(found);
      open.at(-1)?.children.push(element);
      if (!found[4]?.endsWith('/')) open.push(element);
    }
  }
  return root.children;
};

/** The first on a way of names down from the given ones. */
export const find = (among: readonly Element[], ...way: readonly string[]): Element | undefined => {
  const [name, ...rest] = way;
  const found = among.find((one) => one.name === name);
  return found && rest.length > 0 ? find(found.children, ...rest) : found;
};

/** @param tag an opening tag */
export const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found ? plainText(found[1] ?? found[2] ?? '') : undefined;
};

/** @param value already fit for XML */
export const withAttribute = (tag: string, name: string, value: string): string => {
  const pattern = new RegExp(`(\\s${name}\\s*=\\s*)(?:"[^"]*"|'[^']*')`);
  if (pattern.test(tag)) return tag.replace(pattern, (_, head: string) => `${head}"${value}"`);
  return tag.replace(/\s*\/?>/, (end) => ` ${name}="${value}"${end.trimStart()}`);
};

export interface Splice {
  readonly at: number;
  /** What lies between goes; `at` when nothing does. */
  readonly until: number;
  readonly text: string;
}

export const spliced = (xml: string, splices: readonly Splice[]): string => {
  let [out, from] = ['', 0];
  for (const { at, until, text } of [...splices].sort((a, b) => a.at - b.at)) {
    out += xml.slice(from, at) + text;
    from = until;
  }
  return out + xml.slice(from);
};

/** Adds content at the end of an element, opening it when it is empty. */
export const appended = (xml: string, element: Element, text: string): Splice => {
  if (element.innerEnd > element.inner || xml[element.inner - 2] !== '/') return { at: element.innerEnd, until: element.innerEnd, text };
  const tag = xml.slice(element.start, element.inner);
  const name = `${element.prefix}${element.name}`;
  return { at: element.start, until: element.end, text: `${tag.replace(/\s*\/>$/, '>')}${text}</${name}>` };
};

/** The opening tag of an element. */
export const tagOf = (xml: string, element: Element): string => xml.slice(element.start, element.inner);
