import { existsSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Remark } from './layout.js';
import { type Book, type Limits, LIMITS } from './source.js';
import { sniffEncoding } from './text/encoding.js';
import { openText } from './text/open.js';
import { Unreadable } from './unreadable.js';
import { openXlsx } from './xlsx/open.js';

const OPEN_ELSEWHERE: Remark = { code: 'open-elsewhere', zh: '文件正在 Excel 或 WPS 中打开：读取的是上次保存的内容。', en: 'The file is open in a spreadsheet: what was last saved is read.' };
const HEAD = 65_536;

/** Excel and WPS put `~$name` beside a file that is open, LibreOffice `.~lock.name#`. */
const lockRemarks = (path: string): Remark[] => {
  const [folder, name] = [dirname(path), basename(path)];
  return [`~$${name}`, `~$${name.slice(2)}`, `.~lock.${name}#`, `.~${name}`].some((lock) => existsSync(join(folder, lock))) ? [OPEN_ELSEWHERE] : [];
};

const headOf = async (path: string): Promise<{ head: Buffer; size: number }> => {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) throw new Unreadable('no-such-file');
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    if (bytesRead === 0) throw new Unreadable('empty');
    return { head: buffer.subarray(0, bytesRead), size: info.size };
  } finally {
    await file.close();
  }
};

const begins = (head: Buffer, ...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);
/** First bytes of what people send by mistake. */
const OTHERS: readonly (readonly [name: string, ...bytes: number[]])[] = [
  ['PDF', 0x25, 0x50, 0x44, 0x46], ['PNG', 0x89, 0x50, 0x4e, 0x47], ['JPEG', 0xff, 0xd8, 0xff], ['RAR', 0x52, 0x61, 0x72, 0x21], ['7z', 0x37, 0x7a, 0xbc, 0xaf], ['gzip', 0x1f, 0x8b], ['GIF', 0x47, 0x49, 0x46, 0x38],
];
const HTML = /^\s*(<!--|<!doctype html|<html|<head|<meta|<body|<table|<style|<div|<center)/i;
const OTHER_MARKUP: readonly (readonly [name: string, begins: RegExp])[] = [['XML', /^\s*<\?xml/i], ['MHTML', /^\s*mime-version:/i], ['RTF', /^\{\\rtf/]];

/** The readers of .xls and of pages are large, and loaded only when such a file comes. */
const openXls = async (path: string, size: number, limits: Limits): Promise<Book> => (await import('./xls/open.js')).openXls(path, size, limits);
const openHtml = async (path: string, encoding: string, size: number, limits: Limits): Promise<Book> => (await import('./html/open.js')).openHtml(path, encoding, size, limits);

/** Letters of the head, enough to see what kind of text it is. A character cut at its end does not matter. */
const lettersOf = (head: Buffer, encoding: string): string => new TextDecoder(encoding).decode(head);

/** What a page says of itself counts where its bytes are not plainly UTF-8. */
const encodingOfPage = (letters: string, encoding: string): string => {
  const declared = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(letters.slice(0, 4096))?.[1] ?? '';
  return encoding !== 'utf-8' && /^gb/i.test(declared) ? 'gb18030' : encoding;
};

const openLetters = async (path: string, { head, size }: { head: Buffer; size: number }, limits: Limits): Promise<Book> => {
  const encoding = await sniffEncoding(path, head);
  if (encoding === null) throw new Unreadable('not-a-workbook', { detail: '二进制 / binary' });
  const letters = lettersOf(head, encoding);
  if (HTML.test(letters)) return openHtml(path, encodingOfPage(letters, encoding), size, limits);
  const other = OTHER_MARKUP.find(([, form]) => form.test(letters));
  if (other) throw new Unreadable('not-a-workbook', { detail: other[0] });
  if (letters.trim() === '') throw new Unreadable('empty');
  return openText(path, encoding, letters, limits);
};

const opened = async (path: string, limits: Limits): Promise<Book> => {
  const file = await headOf(path);
  if (begins(file.head, 0x50, 0x4b)) return openXlsx(path, limits);
  if (begins(file.head, 0xd0, 0xcf, 0x11, 0xe0)) return openXls(path, file.size, limits);
  const other = OTHERS.find(([, ...bytes]) => begins(file.head, ...bytes));
  if (other) throw new Unreadable('not-a-workbook', { detail: other[0] });
  return openLetters(path, file, limits);
};

/** Opens a file by what its first bytes say, never by its name. @throws Unreadable */
export const openBook = async (path: string, limits: Limits = LIMITS): Promise<Book> => {
  const book = await opened(path, limits);
  return { ...book, remarks: [...book.remarks, ...lockRemarks(path)] };
};
