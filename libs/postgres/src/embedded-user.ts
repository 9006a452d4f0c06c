import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Spread into spawn options; empty when this process is an ordinary user. */
export interface ServerUser {
  uid?: number;
  gid?: number;
}

const idOf = (flag: '-u' | '-g'): number | undefined => {
  const answer = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  return answer.status === 0 ? Number(answer.stdout) : undefined;
};

const makeUser = (): void => {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'pipe', env: { PATH: '/usr/sbin:/sbin:/usr/bin:/bin' } });
  } catch (error) {
    throw new Error('PostgreSQL does not run as root and no user postgres could be made: start as an ordinary user, or set DATABASE_URL to a server of your own', { cause: error });
  }
};

/** PostgreSQL refuses to run as root: then it runs as `postgres`, made if there is none. */
export const serverUser = (): ServerUser => {
  if (process.getuid?.() !== 0) return {};
  if (idOf('-u') === undefined) makeUser();
  return { uid: idOf('-u'), gid: idOf('-g') };
};

export const giveTo = (user: ServerUser, ...paths: string[]): void => {
  if (user.uid === undefined) return;
  for (const path of paths) chownSync(path, user.uid, user.gid ?? user.uid);
};

const reaches = (user: ServerUser, dir: string): boolean => spawnSync('test', ['-x', dir], { ...user, cwd: '/' }).status === 0;

/** The directory asked for, or one under /var/lib when the server's user cannot reach it (a project below /root). */
export const homeFor = (dir: string, user: ServerUser): string => {
  const wanted = resolve(dir);
  if (user.uid === undefined || reaches(user, wanted)) return wanted;
  const elsewhere = join('/var/lib/shuangbang', createHash('sha256').update(wanted).digest('hex').slice(0, 16));
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  return elsewhere;
};
