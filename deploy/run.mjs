// The one door of `npm start`, `npm test`, `npm run check`, `npm run bench`, `npm run roster` and `npm run start:kafka`.
// Plain JavaScript without dependencies, because it must run before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const bin = join(root, 'node_modules', '.bin');
const cache = join(root, '.cache');
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
const jestFlags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', '-c', 'test/jest.config.mjs', '--testTimeout=60000'];

/** Runs a program in the project's root on the project's own Node; signals are passed on, so that a stop is graceful. */
const run = (program, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, { cwd: options.cwd ?? root, env: { ...env, ...options.env }, stdio: 'inherit' });
    const pass = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass);
    child.on('error', (error) => { console.error(`${program}: ${error.message}`); resolve(1); });
    child.on('exit', (code, signal) => { for (const s of ['SIGINT', 'SIGTERM']) process.off(s, pass); resolve(code ?? (signal ? 1 : 0)); });
  });

const must = async (title, program, args, options) => {
  const code = await run(program, args, options);
  if (code !== 0) { console.error(`\n${title} failed (exit code ${code}).`); process.exit(code); }
};

const checkNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`需要 Node 20.19 或更高版本,当前为 ${process.versions.node}。\nNode 20.19 or later is needed; this is ${process.versions.node}.`);
  process.exit(1);
};

/** Installs exactly what the lockfile says, once per lockfile. */
const install = async () => {
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  const stamp = join(root, 'node_modules', '.lock-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('正在安装依赖 / installing dependencies …');
  // What is there already stays: only what the lockfile has changed is fetched.
  const how = existsSync(stamp) ? ['install', '--no-save'] : ['ci'];
  await must(`npm ${how[0]}`, process.platform === 'win32' ? 'npm.cmd' : 'npm', [...how, '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], { env: { PATH: process.env.PATH } });
  writeFileSync(stamp, lock);
};

const newest = (path) => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
};

/** Compiles to `dist/` when a source is newer than the last build. */
const build = async () => {
  const stamp = join(cache, 'built');
  const sources = Math.max(...['apps', 'libs', 'test', 'package.json', '.swcrc'].map((name) => newest(join(root, name))));
  if (existsSync(stamp) && existsSync(join(root, 'dist')) && statSync(stamp).mtimeMs > sources) return;
  await must('build', 'npm', ['run', 'build', '--silent']);
  mkdirSync(cache, { recursive: true });
  writeFileSync(stamp, '');
};

const jest = (projects, args, report) =>
  run('node', [...jestFlags, ...args, '--json', `--outputFile=${report}`, '--selectProjects', ...projects]);

/** Prints the closing line that continuous integration reads, over all reports of this run. */
const closingLine = (reports) => {
  const results = reports.filter(existsSync).map((file) => JSON.parse(readFileSync(file, 'utf8')));
  const sum = (name) => results.reduce((total, result) => total + result[name], 0);
  const failed = sum('numFailedTests') + sum('numRuntimeErrorTestSuites');
  const skipped = sum('numPendingTests') + sum('numTodoTests');
  console.log(`\n${sum('numPassedTests')} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  return failed;
};

const LINT = ['lint', 'eslint', ['-c', 'test/fences/eslint.config.mjs', '--cache', '--cache-location', '.cache/eslint', '--max-warnings=0', 'apps', 'libs', 'test']];
const OTHERS = [
  // TypeScript 7, by its path: the linter still needs 6, and both call themselves `tsc`.
  ['types', 'node', ['node_modules/typescript-native/bin/tsc', '--noEmit', '-p', '.']],
  ['import fences', 'depcruise', ['--config', 'test/fences/dependency-cruiser.cjs', '--output-type', 'err', 'apps', 'libs', 'test']],
  ['dead code', 'knip', ['--config', 'test/fences/knip.json', '--no-progress']],
];

/** Like `run`, but what it says comes at once when it has ended: two programs that run side by side do not talk across each other. */
const captured = (program, args) =>
  new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => resolve({ code: 1, output: `${program}: ${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });

/** Answers with the number of checks that fail. */
const inTurn = async (checks) => {
  let failed = 0;
  for (const [title, program, args] of checks) {
    const begun = Date.now();
    const { code, output } = await captured(program, args);
    if (code !== 0) { failed += 1; console.error(`${output}\n✗ ${title}`); continue; }
    console.log(`✓ ${title} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
  }
  return failed;
};

/** All static checks, the slowest beside the others; then `work` when nothing but the slowest is left to be waited for. */
const checkBeside = async (work) => {
  const slowest = inTurn([LINT]);
  const failed = await inTurn(OTHERS);
  const answer = failed === 0 ? await work() : undefined;
  if (failed + (await slowest) > 0) process.exit(1);
  return answer;
};

const COMMANDS = {
  async start(args) {
    await build();
    return run('node', ['--enable-source-maps', 'dist/apps/platform/src/main.js', ...args]);
  },
  async 'start:kafka'(args) {
    await build();
    return run('node', ['--enable-source-maps', 'deploy/kafka/start.mjs', ...args]);
  },
  async check(args) {
    const report = join(cache, 'pure.json');
    const code = await checkBeside(() => jest(['pure'], ['--maxWorkers=2', ...args], report));
    return closingLine([report]) || code;
  },
  async test(args) {
    const report = join(cache, 'tests.json');
    await checkBeside(build);
    // Two at a time even on two processors: most tests wait more than they compute.
    const code = await jest(['pure', 'real', 'scenario'], ['--maxWorkers=2', ...args], report);
    return closingLine([report]) || code;
  },
  async roster(args) {
    await build();
    return run('node', ['--enable-source-maps', join(root, 'dist/apps/cooperative/src/roster/roster-command-line.js'), ...args], { cwd: process.env.INIT_CWD });
  },
  async bench(args) {
    await build();
    return run('node', ['--enable-source-maps', 'dist/test/bench/main.js', ...args]);
  },
};

const [name, ...args] = process.argv.slice(2);
if (!COMMANDS[name]) { console.error(`usage: node deploy/run.mjs ${Object.keys(COMMANDS).join(' | ')}`); process.exit(2); }
checkNode();
mkdirSync(cache, { recursive: true });
await install();
process.exitCode = await COMMANDS[name](args);
