import { join } from 'node:path';
import type { Overrides } from './running.js';

/** All that the environment may say. Libraries and services take options; only this file reads `process.env`. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** A PostgreSQL server; null: the embedded one. */
  readonly databaseUrl: string | null;
  /** Null: the local feed. */
  readonly kafkaBrokers: readonly string[] | null;
  readonly serviceUrls: Readonly<Record<string, string>>;
  /** An issuer of tokens elsewhere; null: keys of our own in the data directory. */
  readonly issuer: { readonly issuer: string; readonly jwksUrl: string; readonly serviceToken: string } | null;
  /** 32 bytes from which the keys of services are derived; null: a file in the data directory. */
  readonly masterKey: Buffer | null;
  readonly logLevel: string;
  readonly patienceMs: number;
  /** Requests a second and caller; 0: no limit. */
  readonly rateLimit: number;
  readonly allowTestId: boolean;
  /** Whether a program records at its first start what its services found themselves with. */
  readonly founding: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;
export class ConfigError extends Error {
  override name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(`配置有误 / configuration:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    // Whoever starts a service needs the list, not where in our code it was found.
    this.stack = this.message;
    Object.defineProperty(this, 'problems', { enumerable: false });
  }
}

const LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

class Reader {
  readonly problems: string[] = [];

  constructor(private readonly env: Environment) {}

  text(name: string): string | null {
    return this.env[name]?.trim() || null;
  }

  read<T>(name: string, fallback: T, rule: { parse(text: string): T | undefined; must: string }): T {
    const text = this.text(name);
    if (text === null) return fallback;
    const value = rule.parse(text);
    if (value !== undefined) return value;
    this.problems.push(`${name}: ${rule.must}`);
    return fallback;
  }

  number(name: string, fallback: number, [least, most]: readonly [number, number]): number {
    const parse = (text: string): number | undefined => (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined);
    return this.read(name, fallback, { parse, must: `应为 ${least}–${most} 的整数 / must be an integer from ${least} to ${most}` });
  }
}

const YES_OR_NO = { parse: (text: string) => ({ true: true, false: false, 1: true, 0: false })[text], must: '应为 / must be true or false' };

const url = (text: string, protocols: readonly string[]): string | undefined => {
  const parsed = URL.parse(text);
  return parsed && protocols.includes(parsed.protocol) ? text : undefined;
};
const WEB = ['http:', 'https:'];

const brokers = (text: string): string[] | undefined => {
  const list = text.split(',').map((broker) => broker.trim());
  return list.every((broker) => /^[^\s:]+:\d+$/.test(broker)) ? list : undefined;
};

const services = (text: string): Record<string, string> | undefined => {
  const pairs = text.split(',').map((pair) => pair.trim().split(/=(.*)/s));
  return pairs.every(([name, at]) => name && url(at ?? '', WEB)) ? Object.fromEntries(pairs.map(([name, at]) => [name, String(at).replace(/\/$/, '')])) : undefined;
};

const key = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64');
  return bytes.length === 32 ? bytes : undefined;
};

const issuerOf = (reader: Reader): Config['issuer'] => {
  const [issuer, jwksUrl, serviceToken] = ['TOKEN_ISSUER', 'JWKS_URL', 'SERVICE_TOKEN'].map((name) => reader.text(name));
  if (!issuer && !jwksUrl && !serviceToken) return null;
  if (issuer && serviceToken && jwksUrl && url(jwksUrl, WEB)) return { issuer, jwksUrl, serviceToken };
  reader.problems.push('TOKEN_ISSUER, JWKS_URL (http…), SERVICE_TOKEN: 三项须同时设置 / set all three, or none for keys made in DATA_DIR');
  return null;
};

const overridden = (config: Config, { log, own, founding = false, ...known }: Overrides, env: Environment): Config => {
  const given = Object.fromEntries(Object.entries(known).filter(([name, value]) => name in config && value !== undefined));
  const apart = own ? { dataDir: join(config.dataDir, own), databaseUrl: null, kafkaBrokers: null, issuer: null, masterKey: null, ...(env.LOG_LEVEL ? {} : { logLevel: 'warn' }) } : {};
  return { ...config, ...apart, ...given, founding: founding && config.founding, ...(log === false ? { logLevel: 'silent' } : {}) };
};

/** What the environment says, `overrides` first. @throws ConfigError that lists everything to be set right */
export const readConfig = (overrides: Overrides, env: Environment = process.env): Config => {
  const reader = new Reader(env);
  const config: Config = {
    port: reader.number('PORT', 3000, [0, 65535]),
    host: reader.text('HOST') ?? '127.0.0.1',
    dataDir: reader.text('DATA_DIR') ?? '.data',
    databaseUrl: reader.read<string | null>('DATABASE_URL', null, { parse: (text) => url(text, ['postgres:', 'postgresql:']), must: '应为 / must be postgres://user:password@host:port/name' }),
    kafkaBrokers: reader.read<string[] | null>('KAFKA_BROKERS', null, { parse: brokers, must: '应为 / must be host:port,host:port' }),
    serviceUrls: reader.read<Record<string, string>>('SERVICE_URLS', {}, { parse: services, must: '应为 / must be farmer=http://host:port,star=http://…' }),
    issuer: issuerOf(reader),
    masterKey: reader.read<Buffer | null>('MASTER_KEY', null, { parse: key, must: '应为 32 字节,base64 或十六进制 / must be 32 bytes in base64 or hex' }),
    logLevel: reader.read('LOG_LEVEL', 'info', { parse: (text) => (LEVELS.includes(text) ? text : undefined), must: `应为 / must be one of ${LEVELS.join(', ')}` }),
    patienceMs: reader.number('PATIENCE_MS', 2000, [0, 60_000]),
    rateLimit: reader.number('RATE_LIMIT', 1000, [0, 1_000_000]),
    allowTestId: reader.read('ALLOW_TEST_ID', false, YES_OR_NO),
    founding: reader.read('FOUNDING', true, YES_OR_NO),
  };
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return overridden(config, overrides, env);
};
