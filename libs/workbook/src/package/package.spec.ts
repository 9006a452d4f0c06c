import fc from 'fast-check';
import { areaOf, areaText, columnLetters, columnOf } from './cell-reference.js';
import { asciiText, plainText, xmlText } from './xml-text.js';
import { appended, attribute, elements, find, spliced, tagOf, withAttribute } from './xml-tree.js';

describe('the text of a part', () => {
  it('is the same after writing and reading, but for what XML cannot hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = plainText(asciiText(xmlText(text))).replace(/_x([0-9A-F]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
        expect(read).toBe(text);
      }),
    );
  });

  it('holds no character that XML forbids', () => {
    expect(xmlText('a\u0000b\rc\ufffe<&>"\ud800')).toBe('a_x0000_b_x000D_c_xFFFE_&lt;&amp;&gt;&quot;_xD800_');
    expect(xmlText('_x0041_')).toBe('_x005F_x0041_');
  });
});

describe('the elements of a part', () => {
  const xml = '<?xml version="1.0"?><!-- <b/> --><x:a n="1>2"><x:b r="C5"/><x:b><![CDATA[<b>]]></x:b></x:a>';

  it('are found whatever their prefix, and not inside comments, character data or attributes', () => {
    const [root] = elements(xml);
    expect(root).toMatchObject({ name: 'a', prefix: 'x:', end: xml.length });
    expect(root?.children.map(({ name }) => name)).toEqual(['b', 'b']);
    expect(attribute(tagOf(xml, root as never), 'n')).toBe('1>2');
  });

  it('are changed by splicing, all else byte for byte', () => {
    const b = find(elements(xml), 'a', 'b');
    expect(spliced(xml, [appended(xml, b as never, '<x:c/>')])).toBe(xml.replace('<x:b r="C5"/>', '<x:b r="C5"><x:c/></x:b>'));
    expect(withAttribute('<b r="C5"/>', 'r', 'D6')).toBe('<b r="D6"/>');
    expect(withAttribute('<b/>', 'r', 'D6')).toBe('<b r="D6"/>');
  });

  it('of a fragment are read as far as they go', () => {
    expect(elements('</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>').map(({ name }) => name)).toEqual(['mergeCells']);
  });
});

describe('a reference', () => {
  it('names the same column in letters and in numbers', () => {
    for (let column = 1; column <= 16_384; column += 1) expect(columnOf(columnLetters(column))).toBe(column);
    expect([columnLetters(26), columnLetters(27), columnLetters(16_384)]).toEqual(['Z', 'AA', 'XFD']);
  });

  it('of an area reads with and without dollar signs', () => {
    expect(areaText(areaOf('$A$3:$P$100') as never)).toBe('A3:P100');
    expect(areaOf('A:P')).toBeNull();
  });
});
