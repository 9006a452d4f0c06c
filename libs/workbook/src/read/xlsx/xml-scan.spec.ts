import { XmlScan } from './xml-scan.js';

const events = (xml: string, pieces = 1000): string[] => {
  const said: string[] = [];
  const scan = new XmlScan({
    open: (name, attributes) => said.push(`<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}=${value}`).join('')}`),
    text: (text) => said.push(text),
    close: (name) => void said.push(`/${name}`),
  });
  for (let at = 0; at < xml.length; at += pieces) scan.push(xml.slice(at, at + pieces));
  scan.end();
  return said;
};
const XML = `<?xml version="1.0"?><x:a b="1 > 0" c='"' x:d = "&lt;&#x41;"><!-- <z> --><e/>t &amp; u<![CDATA[<q>&amp;]]></x:a>\n`;

describe('XML as workbooks write it', () => {
  test('elements without their prefix, attributes, texts, CDATA', () => expect(events(XML)).toEqual(['<a b=1 > 0 c=" x:d=<A', '<e', '/e', 't & u', '<q>&amp;', '/a']));
  test('is the same however it is cut into pieces', () => {
    for (let pieces = 1; pieces < 40; pieces += 1) expect(events(XML, pieces)).toEqual(events(XML));
  });
  test.each(['<a>', '<a></b>', '<a b=1/>', '<a/ >', '', 'text', '<a>&nope;</a>', '<a b="1', '</a>'])('is damaged: %s', (xml) => expect(() => events(xml)).toThrow(expect.objectContaining({ code: 'damaged' })));
  test.each(['<!DOCTYPE a><a/>', '<a/><!DOCTYPE a [<!ENTITY x "y">]>', '<!doctype html>', '<!ENTITY x "y"> '])('is refused for its document type: %s', (xml) => expect(() => events(xml)).toThrow(expect.objectContaining({ code: 'external-entities' })));
  test('depth has an end', () => expect(() => events('<a>'.repeat(300))).toThrow(expect.objectContaining({ code: 'damaged' })));
});
