/** What XML 1.0 cannot hold, and a literal that would be read as an escape (ECMA-376, ST_Xstring: `_x000D_`). */
const UNWRITABLE = /[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]|_(?=x[0-9a-fA-F]{4}_)|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const DELICATE = /[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x/;

const code = (c: string): string => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** For content and attributes alike; line ends stay. */
export const xmlText = (text: string): string =>
  DELICATE.test(text) ? text.replace(UNWRITABLE, code).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;') : text;

/** Spaces at the ends are lost unless the element asks for them. */
export const spaceAttribute = (text: string): string => (/^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : '');

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const point = (n: number): string => (n <= 0x10ffff ? String.fromCodePoint(n) : '\ufffd');

/** The text that character data or an attribute stands for. */
export const plainText = (xml: string): string =>
  xml.includes('&')
    ? xml.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex?: string, dec?: string, name?: string) => {
        if (hex) return point(parseInt(hex, 16));
        return dec ? point(Number(dec)) : (NAMED[name ?? ''] ?? whole);
      })
    : xml;

/** The same text in ASCII only, so that it can stand in a part whose bytes are passed through unread. */
export const asciiText = (xml: string): string =>
  xml.replace(/[^\x00-\x7f]/gu, (c) => `&#${c.codePointAt(0)};`);
