import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { identityCheckCharacter } from '../../libs/standards/src/index.js';
import { PackageWriter } from '../../libs/workbook/src/package/write-package.js';

const HEADINGS = ['序号', '姓名', '身份证号', '与户主关系', '户主姓名', '所属镇', '所属村', '组', '承包地块编码', '面积(亩)', '作物', '入社日期', '出资额(元)', '联系电话', '绑定方式', '备注'];
const WORDS = [...HEADINGS, '户主', '送庄镇', '白鹿庄村', '西山头村', '东山头村', '送庄社区', '桃', '2022-03-01', '成员', ...Array.from({ length: 9 }, (_, i) => `${i + 1}组`)];
const UNIQUE = 4;
const two = (n: number): string => String(n).padStart(2, '0');

/** A person of the i-th row, like nobody else. */
const personOf = (i: number) => {
  const body = `999999${1950 + (i % 50)}${two(1 + (Math.floor(i / 50) % 12))}${two(1 + (Math.floor(i / 600) % 28))}${String(Math.floor(i / 16_800) % 1000).padStart(3, '0')}`;
  const name = `测${String.fromCharCode(0x4e00 + (i % 5000), 0x4e00 + (Math.floor(i / 5000) % 5000))}`;
  return { name, id: body + identityCheckCharacter(body), parcel: `41030810321${String(i).padStart(8, '0')}`, phone: `138${String(i % 100_000_000).padStart(8, '0')}` };
};
const valuesOf = (i: number): (string | number)[] => {
  const { name, id, parcel, phone } = personOf(i);
  const village = ['白鹿庄村', '西山头村', '东山头村', '送庄社区'][i % 4] as string;
  return [i + 1, name, id, '户主', name, '送庄镇', village, `${(i % 9) + 1}组`, parcel, 1 + (i % 400) / 100, '桃', '2022-03-01', 1000, phone, '成员', ''];
};

async function* pieces(rows: number, before: string, of: (i: number) => string, after: string): AsyncGenerator<Buffer> {
  let text = before;
  for (let i = 0; i < rows; i += 1) {
    text += of(i);
    if (text.length < 200_000) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text + after);
}

const shared = (index: number): string => `<c t="s"><v>${index}</v></c>`;
/** Strings are numbered: words first, then name, number, parcel and phone of each row. */
const rowXml = (i: number): string => {
  const unique = new Map([1, 2, 8, 13].map((column, nth) => [column, WORDS.length + i * UNIQUE + nth]));
  const cells = valuesOf(i).map((value, column) => {
    if (value === '') return '';
    if (typeof value === 'number') return `<c><v>${value}</v></c>`;
    return shared(unique.get(column) ?? (column === 4 ? WORDS.length + i * UNIQUE : WORDS.indexOf(value)));
  });
  return `<row r="${i + 2}">${cells.join('')}</row>`;
};

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A roster of so many persons in 16 columns with shared strings, as Excel writes it. */
export const writeRoster = async (path: string, rows: number): Promise<void> => {
  const writer = new PackageWriter(createWriteStream(path), 6);
  const relation = (id: string, type: string, target: string): string => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  await writer.text('_rels/.rels', `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`);
  await writer.text('xl/workbook.xml', `<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets><sheet name="名册" sheetId="1" r:id="r1"/></sheets></workbook>`);
  await writer.text('xl/_rels/workbook.xml.rels', `<Relationships>${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}${relation('r2', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`);
  const string = (text: string): string => `<si><t>${text}</t></si>`;
  await writer.stream('xl/sharedStrings.xml', pieces(rows, `<sst ${MAIN}>${WORDS.map(string).join('')}`, (i) => Object.values(personOf(i)).map(string).join(''), '</sst>'));
  const heading = `<row r="1">${HEADINGS.map((_, column) => shared(column)).join('')}</row>`;
  await writer.stream('xl/worksheets/sheet1.xml', pieces(rows, `<worksheet ${MAIN}><sheetData>${heading}`, rowXml, '</sheetData></worksheet>'));
  await writer.close();
};

/** The same roster as text in GB18030: two bytes for each Chinese character, which a table made once turns out. */
export const writeRosterText = async (path: string, rows: number): Promise<void> => {
  const decoder = new TextDecoder('gb18030');
  const codes = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) for (let trail = 0x40; trail <= 0xfe; trail += 1) if (trail !== 0x7f) codes.set(decoder.decode(Uint8Array.of(lead, trail)), (lead << 8) | trail);
  const encode = (text: string): Buffer => Buffer.from([...text].flatMap((letter) => (letter < '\x80' ? [letter.charCodeAt(0)] : [(codes.get(letter) as number) >> 8, (codes.get(letter) as number) & 0xff])));
  const out = createWriteStream(path);
  for await (const piece of pieces(rows, `${HEADINGS.join()}\r\n`, (i) => `${valuesOf(i).join()}\r\n`, '')) if (!out.write(encode(piece.toString()))) await once(out, 'drain');
  await new Promise((resolve) => out.end(resolve));
};
