// A real Kafka (KRaft) on this machine from its Maven artifacts, without Docker: Java 17 and Maven are needed.
// Plain JavaScript, because `npm run start:kafka` and the tests both start it, from sources and from dist.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const call = promisify(execFile);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Fetches the broker's jars once into `<cache>/lib`. Throws with what is missing. */
export const kafkaJars = async (cache) => {
  const lib = join(cache, 'lib');
  await call('java', ['-version']).catch(() => { throw new Error('Java 17 is not there (java -version fails)'); });
  if (existsSync(lib)) return lib;
  const fetching = join(cache, `lib-${process.pid}`);
  rmSync(fetching, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const pom = join(import.meta.dirname, 'pom.xml');
  const args = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${fetching}`, '-DincludeScope=runtime'];
  await call('mvn', args, { timeout: 300_000 }).catch((error) => { throw new Error(`Maven did not fetch the broker: ${error.message}`); });
  if (!existsSync(lib)) renameSync(fetching, lib);
  return lib;
};

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const isOpen = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });

const alive = (pid) => {
  try { process.kill(pid, 0); return true; } catch { return false; }
};

/** A broker outlives a parent that was killed: its pid is written down, and it is ended before its directory is used again. */
const endOrphan = async (dir) => {
  const file = join(dir, 'pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8'));
  const ours = existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dir);
  if (ours) process.kill(pid, 'SIGKILL');
  while (ours && alive(pid)) await pause(50);
  rmSync(file, { force: true });
};

const properties = ({ index, ports, dir }) => {
  const copies = Math.min(3, ports.length);
  const listener = `127.0.0.1:${ports[index].client}`;
  return `
process.roles=broker,controller
node.id=${index + 1}
controller.quorum.voters=${ports.map(({ controller }, i) => `${i + 1}@127.0.0.1:${controller}`).join(',')}
listeners=PLAINTEXT://${listener},CONTROLLER://127.0.0.1:${ports[index].controller}
advertised.listeners=PLAINTEXT://${listener}
controller.listener.names=CONTROLLER
log.dirs=${join(dir, 'data')}
default.replication.factor=${copies}
min.insync.replicas=${copies === 3 ? 2 : 1}
offsets.topic.replication.factor=${copies}
offsets.topic.num.partitions=${copies === 3 ? 3 : 1}
transaction.state.log.replication.factor=${copies}
transaction.state.log.min.isr=${copies === 3 ? 2 : 1}
transaction.state.log.num.partitions=1
share.coordinator.state.topic.replication.factor=${copies}
share.coordinator.state.topic.min.isr=${copies === 3 ? 2 : 1}
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=6000
auto.create.topics.enable=false
`;
};

/**
 * Starts `nodes` brokers with data, logs and pids under `dir`; data that is there is used again.
 * `ports`: where to listen for clients, free ones when not given.
 */
export const startCluster = async ({ nodes, dir, lib, ports: wanted }) => {
  const remembered = join(dir, 'cluster.json');
  mkdirSync(dir, { recursive: true });
  const places = Array.from({ length: nodes }, (_, index) => join(dir, `node-${index + 1}`));
  for (const place of places) await endOrphan(place);
  const java = (...args) => ['-cp', join(lib, '*'), ...args];
  const pick = async () => ({
    id: (await call('java', java('kafka.tools.StorageTool', 'random-uuid'))).stdout.trim().split('\n').at(-1),
    ports: await Promise.all(Array.from({ length: nodes }, async (_, index) => ({ client: wanted?.[index] ?? (await freePort()), controller: await freePort() }))),
  });
  const cluster = existsSync(remembered) ? JSON.parse(readFileSync(remembered, 'utf8')) : await pick();
  writeFileSync(remembered, JSON.stringify(cluster));
  const running = new Map();

  const prepare = async (index) => {
    mkdirSync(places[index], { recursive: true });
    const config = join(places[index], 'server.properties');
    writeFileSync(config, properties({ index, ports: cluster.ports, dir: places[index] }));
    await call('java', java('kafka.tools.StorageTool', 'format', '--ignore-formatted', '-t', cluster.id, '-c', config));
  };
  const start = async (index) => {
    if (running.has(index)) return;
    const out = openSync(join(places[index], 'log'), 'a');
    const flags = ['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
    const child = spawn('java', [...flags, ...java('kafka.Kafka', join(places[index], 'server.properties'))], { stdio: ['ignore', out, out] });
    const gone = new Promise((resolve) => child.once('exit', () => { running.delete(index); resolve(); }));
    running.set(index, { child, gone });
    writeFileSync(join(places[index], 'pid'), String(child.pid));
    const { client } = cluster.ports[index];
    for (let tries = 0; !(await isOpen(client)); tries += 1) {
      if (!running.has(index) || tries > 600) throw new Error(`the broker did not start; see ${join(places[index], 'log')}`);
      await pause(100);
    }
  };
  const end = async (index, signal) => {
    const node = running.get(index);
    if (!node) return;
    node.child.kill(signal);
    await Promise.race([node.gone, pause(15_000).then(() => node.child.kill('SIGKILL'))]);
    await node.gone;
    rmSync(join(places[index], 'pid'), { force: true });
  };
  const abandon = () => { for (const { child } of running.values()) child.kill('SIGKILL'); };
  process.once('exit', abandon);

  await Promise.all(places.map((_, index) => prepare(index)));
  await Promise.all(places.map((_, index) => start(index)));
  return {
    brokers: cluster.ports.map(({ client }) => `127.0.0.1:${client}`),
    /** At once, without a chance to say goodbye. */
    kill: (index) => end(index, 'SIGKILL'),
    start,
    stop: async () => {
      await Promise.all(places.map((_, index) => end(index, 'SIGTERM')));
      process.off('exit', abandon);
    },
  };
};
