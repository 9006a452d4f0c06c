import { existsSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Remark } from './layout.js';
import type { Book, Limits } from './source.js';
import { LIMITS } from './source.js';
import { Unreadable } from './unreadable.js';
import { openXlsx } from './xlsx/open.js';

const OPEN_ELSEWHERE: Remark = { code: 'open-elsewhere', zh: '文件正在 Excel 或 WPS 中打开:读取的是上次保存的内容。', en: 'The file is open in a spreadsheet: what was last saved is read.' };

/** Excel and WPS put `~$name` beside a file that is open, LibreOffice `.~lock.name#`. */
const lockRemarks = (path: string): Remark[] => {
  const [folder, name] = [dirname(path), basename(path)];
  return [`~$${name}`, `~$${name.slice(2)}`, `.~lock.${name}#`, `.~${name}`].some((lock) => existsSync(join(folder, lock))) ? [OPEN_ELSEWHERE] : [];
};

const headOf = async (path: string): Promise<Buffer> => {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) throw new Unreadable('no-such-file');
  if (info.size === 0) throw new Unreadable('empty');
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

const ZIP = Buffer.from('PK');

const opened = async (path: string, limits: Limits): Promise<Book> => {
  const head = await headOf(path);
  if (head.subarray(0, 2).equals(ZIP)) return openXlsx(path, limits);
  throw new Unreadable('not-a-workbook', { detail: 'first bytes' });
};

/** Opens a file by what its first bytes say, never by its name. @throws Unreadable */
export const openBook = async (path: string, limits: Limits = LIMITS): Promise<Book> => {
  const book = await opened(path, limits);
  return { ...book, remarks: [...book.remarks, ...lockRemarks(path)] };
};
