import { Readable } from 'node:stream';
import { sheetText } from './sheet-text.js';

/** Bytes in pieces of their own: a portion of the text may end anywhere. */
const read = async (bytes: Buffer, pieces = bytes.length): Promise<string> => {
  const parts = Array.from({ length: Math.ceil(bytes.length / pieces) }, (_, i) => bytes.subarray(i * pieces, (i + 1) * pieces));
  let text = '';
  for await (const portion of sheetText(Readable.from(parts))) text += portion;
  return Buffer.from(text, 'latin1').toString();
};
const XML = '<?xml version="1.0" encoding="utf-16"?><a>村𬭼<b/> &lt; <!</a>';
const FILLER = `<row><c><v>1</v></c></row>`.repeat(20_000);

describe('A sheet as text', () => {
  test('is byte for byte what it was', async () => expect(await read(Buffer.from(`${XML}${FILLER}`))).toBe(`${XML}${FILLER}`));

  test.each(['utf-16le', 'utf-16be'])('in %s is the same in UTF-8, and says so', async (encoding) => {
    const bytes = Buffer.from(`\ufeff${XML}`, 'utf16le');
    expect(await read(encoding === 'utf-16be' ? bytes.swap16() : bytes)).toBe(XML.replace('utf-16', 'UTF-8'));
  });

  test('has no CDATA and no comment, as what is in them looks like rows', async () => {
    expect(await read(Buffer.from('<v><![CDATA[</v></row>&]]></v><!-- <row> --><t>a<![CDATA[]]>b</t>'))).toBe('<v>&lt;/v&gt;&lt;/row&gt;&amp;</v><t>ab</t>');
  });

  test('is the same however it comes', async () => {
    const inside = '<v><![CDATA[</c>]]></v><!-- - -- <c> -->';
    for (let shift = 0; shift < inside.length; shift += 1) {
      const before = FILLER.slice(0, (1 << 18) - shift);
      expect(await read(Buffer.from(`${before}${inside}${FILLER}`), 4096)).toBe(`${before}<v>&lt;/c&gt;</v>${FILLER}`);
    }
  });

  test('without an end goes out as it came', async () => expect(await read(Buffer.from('<a><![CDATA[b'))).toBe('<a><![CDATA[b'));
});
