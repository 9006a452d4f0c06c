// Every service in a process of its own, over a real Kafka broker, on one machine without containers.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

const root = dirname(dirname(import.meta.dirname));
export const SERVICES = ['farmer', 'cooperative', 'enterprise', 'projection', 'star'];

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const healthy = async (url, child, timeoutMs = 60_000) => {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the process ended with exit code ${child.exitCode}`);
    const answer = await fetch(`${url}/health/live`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not come up within ${timeoutMs / 1000} s`);
};

const ended = (child) => (child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve)));

/**
 * @param {{ brokers: string[], databaseUrl: string, dataDir: string, basePort?: number, log?: (line: string) => void, env?: Record<string, string> }} options
 * @returns running services: their urls, and per service kill (−9), start and stop
 */
export const startServices = async ({ brokers, databaseUrl, dataDir, basePort, log = () => {}, env = {} }) => {
  const ports = Object.fromEntries(await Promise.all(SERVICES.map(async (name, i) => [name, basePort ? basePort + i : await freePort()])));
  const urls = Object.fromEntries(SERVICES.map((name) => [name, `http://127.0.0.1:${ports[name]}`]));
  const children = {};

  const start = async (name) => {
    const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist', 'apps', name, 'src', 'main.js')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PORT: String(ports[name]),
        HOST: '127.0.0.1',
        DATA_DIR: dataDir,
        DATABASE_URL: databaseUrl,
        KAFKA_BROKERS: brokers.join(','),
        SERVICE_URLS: SERVICES.map((other) => `${other}=${urls[other]}`).join(','),
        ...env,
      },
    });
    children[name] = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => log(`[${name}] ${String(data).trimEnd()}`));
    await healthy(urls[name], child);
  };

  const end = async (name, signal) => {
    const child = children[name];
    child?.kill(signal);
    if (child) await ended(child);
  };

  // One after the other: the first makes the keys that the others read.
  for (const name of SERVICES) await start(name);
  return {
    urls,
    start,
    kill: (name) => end(name, 'SIGKILL'),
    stop: async () => { await Promise.all(SERVICES.map((name) => end(name, 'SIGTERM'))); },
    pid: (name) => children[name]?.pid,
  };
};
