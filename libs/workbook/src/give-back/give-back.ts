import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PackageReader } from '../package/read-package.js';
import { PackageWriter } from '../package/write-package.js';
import { openBook } from '../read/open.js';
import { UNNAMED, writeFresh } from './fresh-workbook.js';
import { Returning } from './returning.js';
import { writeBeside } from './safe-output.js';
import type { GivenBack, ToGiveBack } from './told.js';

/** Deflate's level: the file is the user's, and need not grow; higher ones cost more than they save. */
const LEVEL = 3;

const patched = async (workbook: string, told: ToGiveBack): Promise<GivenBack> => {
  const source = await PackageReader.open(workbook);
  try {
    const returning = await Returning.prepare(source, told);
    await writeBeside(told.input, told.output, (to) => returning.outgoing.write(source, new PackageWriter(to, LEVEL)));
    return returning.said;
  } finally {
    source.close();
  }
};

/** A file that is no package becomes a plain workbook first, in a folder of its own; what comes back is made from that. */
const fromOther = async (told: ToGiveBack): Promise<GivenBack> => {
  const folder = await mkdtemp(join(tmpdir(), 'workbook-'));
  const book = await openBook(told.input);
  try {
    const { layout } = told.judgement;
    const workbook = join(folder, 'fresh.xlsx');
    await writeFresh({ book, layout, columns: told.sheet.columns }, createWriteStream(workbook, { mode: 0o600 }));
    return await patched(workbook, { ...told, judgement: { ...told.judgement, layout: { ...layout, sheet: layout.sheet || UNNAMED } } });
  } finally {
    book.close();
    await rm(folder, { recursive: true, force: true });
  }
};

/**
 * The user's own workbook with what was found written into it: every part that is not changed is copied byte for byte, the sheet's own XML is
 * changed as it streams. From a file that is no .xlsx comes a fresh one. The input stays as it is; the output is there whole or not at all.
 * @throws WouldOverwriteInput
 */
export const giveBack = (told: ToGiveBack): Promise<GivenBack> => (told.judgement.layout.format === 'xlsx' ? patched(told.input, told) : fromOther(told));
