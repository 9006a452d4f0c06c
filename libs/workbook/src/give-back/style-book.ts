import { appended, attribute, type Element, elements, find, spliced, type Splice, tagOf, withAttribute } from '../package/xml-tree.js';

/** Unusual shades, so that nobody's own colour is taken for ours. */
const COLOURS = { error: 'FFFFC9CF', suspect: 'FFFCDFC6', warning: 'FFFFEB9D', change: 'FFDCEAF8', good: 'FFE3F1DB', quiet: 'FFF1F1F1' } as const;
export type Colour = keyof typeof COLOURS;

/** A style of the user's beside ours made from it: what a returned workbook remembers, since programs renumber styles. */
export interface StylePair {
  readonly original: number;
  readonly ours: number;
}

export interface OwnStyle {
  readonly bold?: boolean;
  readonly size?: number;
  readonly colour?: Colour;
  readonly wrap?: boolean;
}

/** The first fill of every workbook. */
const NO_FILL = 0;
const NO_STYLES = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>';

/** The workbook's styles, with ours appended: what was there keeps its number, so that no other part has to change. */
export class StyleBook {
  readonly #xml: string;
  readonly #root: Element;
  readonly #xfs: Element;
  readonly #fills: Element;
  readonly #fonts: Element;
  readonly #newXfs: string[] = [];
  readonly #newFills: string[] = [];
  readonly #newFonts: string[] = [];
  readonly #known = new Map<string, number>();
  readonly pairs: StylePair[] = [];

  /** @param xml of the styles part, empty when the workbook has none */
  constructor(xml: string) {
    this.#xml = xml || NO_STYLES;
    const root = find(elements(this.#xml), 'styleSheet');
    const [xfs, fills, fonts] = ['cellXfs', 'fills', 'fonts'].map((name) => root && find(root.children, name));
    if (!root || !xfs || !fills || !fonts) throw new Error('styles without formats, fills or fonts');
    [this.#root, this.#xfs, this.#fills, this.#fonts] = [root, xfs, fills, fonts];
  }

  /** The style as it is, in a colour. @param base its number; one that does not exist counts as the first */
  coloured(base: number, colour: Colour): number {
    return this.#derived(`${colour}:${base}`, base, (tag) => withAttribute(withAttribute(tag, 'fillId', String(this.#fill(colour))), 'applyFill', '1'));
  }

  /** For the result column: as its neighbour, but text. */
  result(neighbour: number, colour: Colour): number {
    return this.#derived(`result:${colour}:${neighbour}`, neighbour, (tag) => {
      const filled = withAttribute(withAttribute(tag, 'fillId', String(this.#fill(colour))), 'applyFill', '1');
      return withAttribute(withAttribute(filled, 'numFmtId', '49'), 'applyNumberFormat', '1');
    });
  }

  /**
   * All styles of ours from an earlier return → what to restore. Where a program has made several of one (LibreOffice: by the script a cell
   * is written in), those that are not remembered themselves are known by their fill. Rows pasted into another workbook bring our colours
   * without what they were: those lose the colour.
   * @param remembered ours → the user's; empty in a workbook that remembers nothing
   */
  restored(remembered: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
    const fills = new Map([...remembered].map(([ours, original]) => [this.#fillOf(ours), this.#fillOf(original)] as const).filter(([ours, original]) => this.#isOurs(ours) && !this.#isOurs(original)));
    const all = new Map(remembered);
    for (let style = 0; style < this.#xfs.children.length; style += 1) {
      const now = this.#fillOf(style);
      const fill = fills.get(now) ?? (this.#isOurs(now) ? NO_FILL : undefined);
      if (fill !== undefined && !all.has(style)) all.set(style, this.#place(`fill:${style}:${fill}`, this.#changed(style, (tag) => withAttribute(tag, 'fillId', String(fill)))));
    }
    return all;
  }

  #fillOf(style: number): number {
    const element = this.#xfs.children[style];
    return element ? Number(attribute(tagOf(this.#xml, element), 'fillId') ?? 0) : 0;
  }

  #isOurs(fill: number): boolean {
    const element = this.#fills.children[fill];
    return element !== undefined && Object.values(COLOURS).some((colour) => this.#xml.slice(element.start, element.end).includes(`"${colour}"`));
  }

  /** For the sheets we add. */
  own({ bold = false, size = 11, colour, wrap = false }: OwnStyle): number {
    const p = this.#root.prefix;
    const font = this.#font(`<${p}font>${bold ? `<${p}b/>` : ''}<${p}sz val="${size}"/><${p}name val="宋体"/><${p}charset val="134"/></${p}font>`);
    const fill = colour ? this.#fill(colour) : 0;
    return this.#place(
      `own:${font}:${fill}:${wrap}`,
      `<${p}xf numFmtId="49" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><${p}alignment vertical="center"${wrap ? ' wrapText="1"' : ''}/></${p}xf>`,
    );
  }

  #font(xml: string): number {
    const there = this.#fonts.children.findIndex(({ start, end }) => this.#xml.slice(start, end) === xml);
    if (there >= 0) return there;
    const at = this.#newFonts.indexOf(xml);
    return this.#fonts.children.length + (at >= 0 ? at : this.#newFonts.push(xml) - 1);
  }

  #derived(key: string, base: number, change: (tag: string) => string): number {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const ours = this.#place(key, this.#changed(base, change));
    if (ours !== base) this.pairs.push({ original: base, ours });
    return ours;
  }

  #changed(style: number, change: (tag: string) => string): string {
    const element = this.#xfs.children[style] ?? this.#xfs.children[0];
    const xml = element ? this.#xml.slice(element.start, element.end) : `<${this.#root.prefix}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`;
    const tag = element ? tagOf(this.#xml, element) : xml;
    return change(tag) + xml.slice(tag.length);
  }

  #place(key: string, xf: string): number {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const there = this.#xfs.children.findIndex(({ start, end }) => this.#xml.slice(start, end) === xf);
    const number = there >= 0 ? there : this.#xfs.children.length + this.#newXfs.push(xf) - 1;
    this.#known.set(key, number);
    return number;
  }

  #fill(colour: Colour): number {
    const p = this.#root.prefix;
    const xml = `<${p}fill><${p}patternFill patternType="solid"><${p}fgColor rgb="${COLOURS[colour]}"/><${p}bgColor indexed="64"/></${p}patternFill></${p}fill>`;
    const there = this.#fills.children.findIndex(({ start, end }) => this.#xml.slice(start, end).includes(`"${COLOURS[colour]}"`));
    if (there >= 0) return there;
    const at = this.#newFills.indexOf(xml);
    return this.#fills.children.length + (at >= 0 ? at : this.#newFills.push(xml) - 1);
  }

  toString(): string {
    return spliced(this.#xml, [...this.#grown(this.#fonts, this.#newFonts), ...this.#grown(this.#fills, this.#newFills), ...this.#grown(this.#xfs, this.#newXfs)]);
  }

  #grown(list: Element, added: readonly string[]): Splice[] {
    if (added.length === 0) return [];
    const tag = tagOf(this.#xml, list);
    const counted = attribute(tag, 'count') === undefined ? tag : withAttribute(tag, 'count', String(list.children.length + added.length));
    return [{ at: list.start, until: list.inner, text: counted }, appended(this.#xml, list, added.join(''))];
  }
}
