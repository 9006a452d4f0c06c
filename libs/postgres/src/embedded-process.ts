import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

export const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const isZombie = (pid: number): boolean => {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && /\) Z /.test(readFileSync(stat, 'utf8'));
};

const pidIn = (file: string): number => (existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) || 0 : 0);

/** Tells a process from a later one with the same number; empty where there is no /proc. */
const birthOf = (pid: number): string => {
  const stat = `/proc/${pid}/stat`;
  // The name in brackets may hold blanks; the start time is the 20th field after it.
  return existsSync(stat) ? (readFileSync(stat, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '') : '';
};

/** One process owns a data directory at a time; a number that was given to another process since owns nothing. */
export const claimFor = (root: string, shown: string): void => {
  const file = join(root, 'owner.pid');
  const [owner = 0, birth] = existsSync(file) ? readFileSync(file, 'utf8').split(' ').map(Number) : [];
  const same = owner > 0 && alive(owner) && birth === Number(birthOf(owner));
  if (same && owner !== process.pid) throw new Error(`the data in ${shown} are in use by process ${owner}: stop it first, or set DATA_DIR to another directory`);
  writeFileSync(file, `${process.pid} ${birthOf(process.pid)}`);
};

export const releaseFrom = (root: string): void => rmSync(join(root, 'owner.pid'), { force: true });

const serves = (pid: number, data: string): boolean => {
  const commandLine = `/proc/${pid}/cmdline`;
  // Where there is no /proc the pid file's own word has to do: it lies in our data directory.
  return !existsSync('/proc/self/cmdline') || (existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes(data));
};

/** A server whose owner died (kill −9) still holds the data: shut it down fast and wait. */
export const stopOrphan = async (data: string): Promise<void> => {
  const file = join(data, 'postmaster.pid');
  const pid = pidIn(file);
  if (!pid || !alive(pid)) return;
  // Another process has the number now (after a reboot): PostgreSQL would take it for a server and refuse to start.
  if (!serves(pid, data)) return rmSync(file);
  process.kill(pid, 'SIGINT');
  while (alive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
};

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
