// `npm run start:kafka`: a broker, PostgreSQL, a process per service and one address for users, on one machine without containers.
import { join } from 'node:path';
import { startEmbedded } from '#postgres';
import { fetchBroker, startBrokers } from './broker.mjs';
import { startGateway } from './gateway.mjs';
import { placeServices, startServices } from './topology.mjs';

const { PORT = '3000', HOST = '127.0.0.1', DATA_DIR = join('.data', 'kafka'), DATABASE_URL, KAFKA_BROKERS } = process.env;
const AGAIN_MS = 2000;
const say = (line) => console.log(line);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Started, and to be ended in the opposite order. */
const running = [];
let stopping = false;
const begin = async (starting, end) => {
  const started = await starting;
  running.push(() => end(started));
  if (stopping) throw new Error('stopped');
  return started;
};

/** Keeps trying to start what has ended by itself, a little later each time. */
const revive = async (name, start) => {
  for (let tries = 1; !stopping; tries += 1) {
    say(`[start] ${name} 意外结束,正在重新启动 / ${name} has ended unasked and is started again`);
    await pause(Math.min(tries, 5) * AGAIN_MS);
    if (stopping) return;
    const failed = await start().then(() => null, (error) => error);
    if (!failed) return;
    say(`[start] ${name}: ${failed.message}`);
  }
};

/** What each service says of itself at its start is said once, for all of them, by {@link welcome}. */
const WELCOME = /^(双绑 .*| {2}http\S+\/docs|首次启动.*|)$/;
const tokens = new Map();
const log = (service, line) => {
  const [, account, token] = /^ {2}(\S+) {2}(ey\S+)$/.exec(line) ?? [];
  if (account) tokens.set(account, token);
  else if (!WELCOME.test(line)) say(`[${service}] ${line}`);
};

const listen = (urls) =>
  startGateway({ port: Number(PORT), host: HOST, urls }).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`端口 ${PORT} 已被占用:是否已经启动?可另设 PORT / port ${PORT} is in use: is it running already? Set PORT to another`);
  });

const embedded = async () => {
  const server = await begin(startEmbedded({ dir: join(DATA_DIR, 'postgres') }), (it) => it.stop());
  return server.ensureDatabase('shuangbang');
};

const start = async () => {
  if (!KAFKA_BROKERS) fetchBroker();
  const urls = await placeServices();
  const gateway = await begin(listen(urls), (it) => it.close());
  const databaseUrl = DATABASE_URL ?? (await embedded());
  let broker;
  const lost = () => revive('kafka', () => broker.start(0));
  if (!KAFKA_BROKERS) broker = await begin(startBrokers({ dir: join(DATA_DIR, 'broker'), lost }), (it) => it.stop('SIGTERM'));
  const brokers = KAFKA_BROKERS?.split(',') ?? broker.brokers;
  const options = { urls, brokers, databaseUrl, dataDir: DATA_DIR, log, lost: (service) => revive(service.name, () => service.start()) };
  await begin(startServices(options), (it) => it.stop());
  return { gateway, brokers, urls };
};

/** Also when a first start goes wrong half way: the services do not tell them again. */
const tellTokens = () => {
  if (tokens.size === 0) return;
  say(['首次启动的账号令牌(只显示一次)/ tokens of the first accounts (shown once):', ...[...tokens].map(([id, token]) => `  ${id}  ${token}`), ''].join('\n'));
  tokens.clear();
};
const welcome = ({ gateway, brokers, urls }) => {
  say(['', `双绑 ${Object.keys(urls).join(' ')}`, `  ${gateway.url}/docs`, `  Kafka ${brokers.join(',')}`, ''].join('\n'));
  tellTokens();
};

const stop = async (code) => {
  tellTokens();
  for (const end of running.splice(0).reverse()) await end().catch((error) => say(`[start] ${error.message}`));
  process.exit(code);
};

if (process.argv.includes('--sample')) {
  say('示例由受控时钟讲述 2022 年的故事,时钟在进程之内,只能用 npm start -- --sample。\nThe sample is told by a clock driven inside one process: use npm start -- --sample.');
  process.exit(2);
}
const started = start().then(welcome);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    say('\n正在停止 / stopping …');
    void started.catch(() => undefined).then(() => stop(0));
  });
}
await started.catch((error) => {
  if (stopping) return;
  stopping = true;
  console.error(`\n${error.message}`);
  return stop(1);
});
