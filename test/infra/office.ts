import { execFile, spawnSync } from 'node:child_process';
import { copyFile, mkdtemp } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const there = (program: string, args: readonly string[]): boolean => spawnSync(program, args, { stdio: 'ignore' }).status === 0;
const knowsWorkbooks = (program: string): boolean => there(program, ['-c', 'import openpyxl']);

/** A Python that has openpyxl; undefined: none. The system's packages belong to the system's own, which need not be the first on the path. */
const withOpenpyxl = ['python3', '/usr/bin/python3'].find(knowsWorkbooks);
export const python = withOpenpyxl ?? 'python3';

/** The programs that a returned workbook is opened with. In continuous integration they have to be there. */
export interface Office {
  readonly openpyxl: boolean;
  readonly libreoffice: boolean;
}

export const findOffice = (): Office => {
  const office = { openpyxl: withOpenpyxl !== undefined, libreoffice: there('soffice', ['--version']) };
  const missing = [office.openpyxl ? '' : 'openpyxl', office.libreoffice ? '' : 'LibreOffice'].filter(Boolean);
  if (missing.length > 0 && process.env.CI) throw new Error(`${missing.join(' and ')} not found: .ci/run installs them`);
  if (missing.length > 0) console.log(`not proven here, as ${missing.join(' and ')} cannot be found: that returned workbooks open there as they should`);
  return office;
};

export interface CellSeen {
  readonly value: string;
  readonly type: string;
  readonly style: { readonly fill: readonly [type: string | null, colour: string | null]; readonly [other: string]: unknown };
  readonly link: string | null;
}

export interface SheetSeen {
  readonly state: string;
  readonly cells: Record<string, CellSeen>;
  readonly comments: Record<string, string>;
  readonly merged: readonly string[];
  readonly widths: Record<string, unknown>;
  readonly filter: readonly [reference: string | null, filtered: readonly number[]];
  readonly tables: Record<string, readonly unknown[]>;
  readonly [other: string]: unknown;
}

export interface BookSeen {
  readonly sheets: Record<string, SheetSeen>;
  readonly names: Record<string, string>;
  readonly locked: boolean;
}

/** Workbooks as openpyxl reads them, in the same order. */
export const seenByOpenpyxl = async (...files: readonly string[]): Promise<BookSeen[]> => {
  const { stdout } = await run(python, [join(import.meta.dirname, 'workbook-cells.py'), ...files], { maxBuffer: 1 << 28 });
  return JSON.parse(stdout) as BookSeen[];
};

/** Workbooks opened by LibreOffice and saved again, all in one start of the program; where those files are, in the same order. */
export const savedByLibreOffice = async (files: readonly string[], folder: string): Promise<string[]> => {
  const work = await mkdtemp(join(folder, 'libreoffice-'));
  const named = await Promise.all(files.map(async (file, i) => {
    const name = join(work, `${i}${extname(file)}`);
    await copyFile(file, name);
    return name;
  }));
  await run('soffice', [`-env:UserInstallation=file://${work}/profile`, '--headless', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', join(work, 'saved'), ...named], { timeout: 600_000 });
  return named.map((_, i) => join(work, 'saved', `${i}.xlsx`));
};
