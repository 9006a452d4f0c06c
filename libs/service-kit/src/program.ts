import { parseArgs } from 'node:util';
import type { Text } from '#decider';
import { openAccounts } from './accounts.js';
import { ConfigError, readConfig } from './config.js';
import type { Service } from './manifest.js';
import { run } from './run.js';

/** Another way to start a program, by a flag of its own. */
export interface Mode {
  readonly help: Text;
  start(): Promise<unknown>;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Tells valid tokens of the first accounts; also while the system runs. */
const tellTokens = async (): Promise<void> => {
  const config = readConfig({});
  const { tokens } = await openAccounts(config);
  if (config.issuer) throw new ConfigError([`TOKEN_ISSUER: 令牌由 ${config.issuer.issuer} 签发 / tokens are issued by ${config.issuer.issuer}`]);
  say(`账号令牌(数据目录 ${config.dataDir})/ tokens of the first accounts:`);
  for (const [id, token] of Object.entries(tokens)) say(`  ${id}  ${token}`);
};
const TOKENS: Mode = { help: { zh: '重新显示首批账号的令牌', en: 'print tokens of the first accounts anew' }, start: tellTokens };

const usage = (modes: Readonly<Record<string, Mode>>): string =>
  ['用法 / usage: npm start [-- --flag]', ...Object.entries(modes).map(([name, { help: { zh, en } }]) => `  --${name.padEnd(10)} ${zh} / ${en}`)].join('\n');

const chosen = (modes: Readonly<Record<string, Mode>>): string | undefined => {
  try {
    // Words that are no flags belong to whoever started us.
    const { values } = parseArgs({ allowPositionals: true, options: Object.fromEntries(Object.keys(modes).map((name) => [name, { type: 'boolean' as const }])) });
    return Object.keys(values)[0];
  } catch (error) {
    throw new ConfigError([`${(error as Error).message}\n${usage(modes)}`]);
  }
};

/** EX_CONFIG of sysexits: starting again without a change helps nothing. */
const WRONG_CONFIGURATION = 78;

/** The one line of a `main.ts`: runs these services until stopped, what they record at their first start included. What has to be set right is told in plain words. */
export const main = async (services: readonly Service[], more: Readonly<Record<string, Mode>> = {}): Promise<void> => {
  const modes = { ...more, tokens: TOKENS };
  try {
    const name = chosen(modes) as keyof typeof modes | undefined;
    await (name ? modes[name]?.start() : run(services, { founding: true }));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = WRONG_CONFIGURATION;
  }
};
