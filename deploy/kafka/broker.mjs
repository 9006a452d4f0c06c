// A real Kafka broker (KRaft) from its Maven artifacts, for one machine without containers. Java 17 and Maven are needed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { dirname, join } from 'node:path';

// This file is run as it is and, copied, from the build: the project's root is where package.json lies.
const rootFrom = (dir) => (existsSync(join(dir, 'package-lock.json')) ? dir : rootFrom(dirname(dir)));
const root = rootFrom(import.meta.dirname);
const libs = join(root, '.cache', 'kafka', 'lib');
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const runJava = (args) => {
  const run = spawnSync('java', ['-cp', `${libs}/*`, ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`java ${args[0]} failed:\n${run.stderr || run.error?.message}`);
  return run.stdout.trim();
};

/** Bilingual, as it is the first that somebody meets who lacks it. @throws Error that says what to install */
const need = (program, flag, what) => {
  const run = spawnSync(program, [flag], { encoding: 'utf8' });
  if (run.error) throw new Error(`缺少 ${program}:请安装 ${what} / ${program} is missing: install ${what}`);
  return `${run.stdout}${run.stderr}`;
};

/** Fetches the broker's jars once. @throws Error when Java 17 or Maven is missing, or the jars cannot be fetched */
export const fetchBroker = () => {
  const [, major = 0] = /version "(\d+)/.exec(need('java', '-version', 'Java 17')) ?? [];
  if (major < 17) throw new Error(`需要 Java 17 或更高版本,当前为 ${major} / Java 17 or later is needed; this is ${major}`);
  const stamp = join(libs, '.complete');
  if (existsSync(stamp)) return;
  need('mvn', '-v', 'Maven');
  mkdirSync(libs, { recursive: true });
  const run = spawnSync('mvn', ['-q', '-B', '-f', join(root, 'deploy', 'kafka', 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${libs}`, '-DincludeScope=runtime'], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`Maven 未能取得 Kafka / Maven could not fetch Kafka:\n${run.stdout}${run.stderr}`);
  writeFileSync(stamp, '');
};

export const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const answers = (port) =>
  new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => { socket.destroy(); resolve(true); }).once('error', () => resolve(false));
  });

const properties = (node, nodes, dir) => {
  const factor = nodes.length;
  const minimum = Math.min(2, factor);
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': node.id,
    'controller.quorum.voters': nodes.map(({ id, controller }) => `${id}@127.0.0.1:${controller}`).join(','),
    listeners: `PLAINTEXT://127.0.0.1:${node.port},CONTROLLER://127.0.0.1:${node.controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${node.port}`,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(dir, 'log'),
    'offsets.topic.replication.factor': factor,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': factor,
    'transaction.state.log.min.isr': minimum,
    'transaction.state.log.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': factor,
    'share.coordinator.state.topic.min.isr': minimum,
    'default.replication.factor': factor,
    'min.insync.replicas': minimum,
    'broker.session.timeout.ms': 6000,
    'group.initial.rebalance.delay.ms': 0,
    'auto.create.topics.enable': false,
  }).map(([name, value]) => `${name}=${value}`).join('\n');
};

/** A broker left behind by a process that was killed still holds its log: it is ended by the pid we wrote. */
const endOrphan = async (dir) => {
  const file = join(dir, 'broker.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const commandLine = `/proc/${pid}/cmdline`;
  if (!pid || !existsSync(commandLine) || !readFileSync(commandLine, 'utf8').includes(dir)) return;
  process.kill(pid, 'SIGKILL');
  while (existsSync(commandLine)) await pause(50);
};

const launch = async (node) => {
  const log = openSync(join(node.dir, 'server.log'), 'a');
  const java = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', `${libs}/*`, 'kafka.Kafka', join(node.dir, 'server.properties')];
  const child = spawn('java', java, { stdio: ['ignore', log, log], detached: true });
  child.unref();
  writeFileSync(join(node.dir, 'broker.pid'), String(child.pid));
  node.child = child;
  node.halting = false;
  node.ended = new Promise((resolve) => child.once('exit', resolve));
  process.once('exit', node.onExit = () => child.kill('SIGKILL'));
  child.once('exit', () => node.halting || node.lost?.());
  for (let waited = 0; !(await answers(node.port)); waited += 100) {
    if (child.exitCode !== null || waited > 60_000) throw new Error(`the broker did not start:\n${readFileSync(join(node.dir, 'server.log'), 'utf8').slice(-2000)}`);
    await pause(100);
  }
};

const PATIENCE = 20_000;
const halt = async (node, signal) => {
  node.halting = true;
  process.off('exit', node.onExit);
  node.child.ref();
  node.child.kill(signal);
  const late = setTimeout(() => node.child.kill('SIGKILL'), PATIENCE);
  await node.ended;
  clearTimeout(late);
  rmSync(join(node.dir, 'broker.pid'), { force: true });
};

const running = ({ child }) => child.exitCode === null && child.signalCode === null;

/**
 * Starts one broker or a cluster of three under `dir`, on free ports unless told; data stay between starts.
 * @param {{ dir: string, nodes?: 1 | 3, port?: number, lost?: (i: number) => void }} options `lost`: a broker has ended that nobody stopped
 * @returns {Promise<import('./broker.mjs').Brokers>}
 */
export const startBrokers = async ({ dir, nodes: count = 1, port, lost }) => {
  fetchBroker();
  const nodes = [];
  for (let i = 0; i < count; i += 1) {
    nodes.push({ id: i + 1, port: port ? port + i : await freePort(), controller: await freePort(), dir: join(dir, `node-${i + 1}`), lost: lost && (() => lost(i)) });
  }
  const idFile = join(dir, 'cluster.id');
  mkdirSync(dir, { recursive: true });
  if (!existsSync(idFile)) writeFileSync(idFile, runJava(['kafka.tools.StorageTool', 'random-uuid']).split('\n').at(-1));
  const clusterId = readFileSync(idFile, 'utf8');
  for (const node of nodes) {
    mkdirSync(node.dir, { recursive: true });
    await endOrphan(node.dir);
    const file = join(node.dir, 'server.properties');
    writeFileSync(file, properties(node, nodes, node.dir));
    if (!existsSync(join(node.dir, 'log', 'meta.properties'))) runJava(['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', file]);
  }
  await Promise.all(nodes.map(launch));
  return {
    brokers: nodes.map((node) => `127.0.0.1:${node.port}`),
    kill: (i) => halt(nodes[i], 'SIGKILL'),
    start: (i) => launch(nodes[i]),
    pid: (i) => nodes[i].child.pid,
    stop: async (signal = 'SIGKILL') => { for (const node of nodes) if (running(node)) await halt(node, signal); },
  };
};
