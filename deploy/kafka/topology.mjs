// Every service in a process of its own, over a real Kafka broker, on one machine without containers.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './broker.mjs';

const root = dirname(dirname(import.meta.dirname));
const apps = join(root, 'dist', 'apps');
/** Whoever has a main of its own, but for the one that is all of them. */
const built = () => readdirSync(apps).filter((name) => name !== 'platform' && existsSync(join(apps, name, 'src', 'main.js')));

/** An address for every service that is built. */
export const placeServices = async () => {
  const urls = {};
  for (const name of built()) urls[name] = `http://127.0.0.1:${await freePort()}`;
  return urls;
};

const READY_MS = 120_000;
const healthy = async ({ url, child }) => {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended with ${child.signalCode ?? `exit code ${child.exitCode}`}`);
    const answer = await fetch(`${url}/health/live`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not come up within ${READY_MS / 1000} s`);
};

const end = async (child, signal) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
};

/** The life of one process of one service on a port of its own, through kills and starts. */
class Service {
  /** Answers, and nobody has asked it to end. */
  #up = false;

  constructor(name, url, { urls, brokers, databaseUrl, dataDir, env = {}, log = () => {}, lost = () => {} }) {
    Object.assign(this, { name, url, log, lost });
    const known = Object.entries(urls).map(([other, at]) => `${other}=${at}`).join(',');
    this.env = { ...process.env, HOST: '127.0.0.1', PORT: new URL(url).port, DATA_DIR: dataDir, DATABASE_URL: databaseUrl, KAFKA_BROKERS: brokers.join(','), SERVICE_URLS: known, ...env };
  }

  get pid() {
    return this.child?.pid;
  }

  /** Resolves when it answers. */
  async start() {
    // A group of its own: Ctrl-C in the terminal reaches whoever started it, who then says in which order to end.
    const child = spawn(process.execPath, ['--enable-source-maps', join(import.meta.dirname, 'service.mjs'), this.name], {
      cwd: root, env: this.env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', (line) => this.log(this.name, line));
    child.once('exit', () => this.#up && this.lost(this));
    await healthy(this).catch((error) => { throw new Error(`${this.name}: ${error.message}`); });
    this.#up = true;
  }

  /** −9, as a crash would. */
  kill() {
    this.#up = false;
    return end(this.child, 'SIGKILL');
  }

  async stop() {
    this.#up = false;
    if (this.child) await end(this.child, 'SIGTERM');
  }
}

/**
 * Starts the services of `urls`. They hear of each other by the broker; the keys in `dataDir` are made by the first.
 * @param {import('./topology.mjs').TopologyOptions} options
 * @returns {Promise<import('./topology.mjs').Topology>}
 */
export const startServices = async (options) => {
  const first = Object.entries(options.urls).map(([name, url]) => new Service(name, url, options));
  const all = [...first];
  const stop = async () => { await Promise.all(all.map((service) => service.stop())); };
  const another = async (name) => {
    const service = new Service(name, `http://127.0.0.1:${await freePort()}`, options);
    all.push(service);
    await service.start();
    return service;
  };
  try {
    await Promise.all(first.map((service) => service.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { services: new Map(first.map((service) => [service.name, service])), another, stop };
};
