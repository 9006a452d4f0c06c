import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Path → source. */
export type Files = Readonly<Record<string, string>>;

export const plant = (root: string, files: Files): void => {
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), source);
  }
};

/** A tree of its own with our rules and programs, in which violations can be planted. */
export const plantedTree = (...planted: Files[]): string => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'fences-')));
  chmodSync(root, 0o755);
  for (const file of ['tsconfig.json', 'package.json', 'test/fences']) cpSync(file, join(root, file), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  for (const files of planted) plant(root, files);
  return root;
};
