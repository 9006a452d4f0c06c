import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readConfig } from '../libs/service-kit/src/config.js';

interface Part {
  image?: string;
  build?: { context: string; dockerfile: string };
  command?: string[];
  environment?: Record<string, string | number>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: object;
  volumes?: string[];
  ports?: string[];
}
interface Compose {
  services: Record<string, Part>;
  volumes: Record<string, null>;
}
const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as Compose;
const dockerfile = readFileSync('deploy/Dockerfile', 'utf8');
const gateway = readFileSync('deploy/gateway.conf', 'utf8');

/** As compose does it: `${NAME:-default}`. */
const filledIn = (text: string | number): string => String(text).replace(/\$\{\w+:-([^}]*)\}/g, '$1');
const parts = Object.entries(compose.services);
const services = parts.filter(([, { environment }]) => environment?.SERVICE !== undefined);
const environmentOf = ({ environment = {} }: Part): Record<string, string> => Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filledIn(value)]));
const imageEnvironment = Object.fromEntries([...dockerfile.matchAll(/^ENV (.+)$/gm)].flatMap(([, line = '']) => line.split(' ').map((pair) => pair.split('='))));
const mains = readdirSync('apps').filter((name) => name !== 'platform' && existsSync(`apps/${name}/src/main.ts`));
const known = readFileSync('libs/service-kit/src/config.ts', 'utf8').match(/'[A-Z][A-Z_]+'/g)?.map((name) => name.slice(1, -1)) ?? [];

const engine = spawnSync('docker', ['compose', 'version'], { encoding: 'utf8' }).status === 0;

describe('docker-compose.yml', () => {
  test('is valid: asked of the engine where there is one', () => {
    process.stderr.write(engine ? 'compose: asked of docker compose, and checked here\n' : 'compose: there is no docker compose on this machine, so it is checked here only, structurally\n');
    if (!engine) return expect(Object.keys(compose)).toEqual(['name', 'x-service', 'x-environment', 'services', 'volumes']);
    const asked = spawnSync('docker', ['compose', 'config', '--quiet'], { encoding: 'utf8' });
    expect([asked.status, asked.stderr]).toEqual([0, '']);
  });

  test('has every service that has a main, and no other', () => {
    expect(services.map(([name]) => name).sort()).toEqual(mains.sort());
    for (const [name, { environment }] of services) expect(environment?.SERVICE).toBe(name);
  });

  test('sets only what the configuration knows, to values that it takes', () => {
    for (const [name, part] of services) {
      const { SERVICE, ...environment } = { ...imageEnvironment, ...environmentOf(part) };
      expect([name, SERVICE, Object.keys(environment).filter((variable) => !known.includes(variable) && variable !== 'NODE_ENV')]).toEqual([name, name, []]);
      const config = readConfig({}, environment);
      expect(config.kafkaBrokers).toEqual(['kafka:9092']);
      expect(config.databaseUrl).toMatch(/@postgres\/shuangbang$/);
      expect(config.serviceUrls).toEqual(Object.fromEntries(services.map(([service]) => [service, `http://${service}:${imageEnvironment.PORT}`])));
    }
  });

  test('names only parts, volumes and files that there are', () => {
    for (const [name, { depends_on = {}, volumes = [], build }] of parts) {
      expect([name, Object.keys(depends_on).filter((other) => !compose.services[other])]).toEqual([name, []]);
      for (const [from = ''] of volumes.map((volume) => volume.split(':'))) expect([from, from.startsWith('.') ? existsSync(from) : from in compose.volumes]).toEqual([from, true]);
      if (build) expect(existsSync(build.dockerfile)).toBe(true);
    }
  });

  test('waits for the health of those only who tell it', () => {
    const healthOfImage = /^HEALTHCHECK /m.test(dockerfile);
    const tells = ({ healthcheck, build }: Part): boolean => healthcheck !== undefined || (build !== undefined && healthOfImage);
    const waited = parts.flatMap(([, { depends_on = {} }]) => Object.entries(depends_on).flatMap(([other, { condition }]) => (condition === 'service_healthy' ? [other] : [])));
    expect([...new Set(waited)].filter((other) => !tells(compose.services[other] as Part))).toEqual([]);
  });

  test('opens one address, whose gateway goes to every service and tells no metrics', () => {
    expect(parts.filter(([, { ports }]) => ports).map(([name]) => name)).toEqual(['gateway']);
    const [, names = ''] = /location ~ \^\/\(([a-z|-]+)\)\//.exec(gateway) ?? [];
    expect(names.split('|').sort()).toEqual(mains.sort());
    expect(gateway).toContain(`http://$1:${imageEnvironment.PORT}`);
    expect(gateway).not.toContain('location /metrics');
  });
});

describe('The image', () => {
  test('is built from files that there are, and runs the main of the service told', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) => files.split(' '));
    expect(copied.filter((file) => !existsSync(file))).toEqual([]);
    expect(dockerfile).toContain('exec node --enable-source-maps dist/apps/$SERVICE/src/main.js');
    expect(readFileSync('.dockerignore', 'utf8').split('\n')).toEqual(expect.arrayContaining(['node_modules', 'dist', '.data', '.cache', '.git']));
  });

  test('is run by an ordinary user who owns the volume of the keys', () => {
    const at = (line: RegExp): number => dockerfile.search(line);
    expect(at(/chown node:node \/data/)).toBeGreaterThan(0);
    expect(at(/chown node:node \/data/)).toBeLessThan(at(/^USER node/m));
    expect(at(/^USER node/m)).toBeLessThan(at(/^VOLUME \/data/m));
    expect(imageEnvironment).toMatchObject({ DATA_DIR: '/data', HOST: '0.0.0.0' });
  });
});
