import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
const ignored = readFileSync('.gitignore', 'utf8').split('\n').map((line) => line.replace(/\/$/, ''));

/** The client's own list, and what tools or readers insist on: npm its lockfile, Chinese readers their README. */
const TOP = ['apps', 'libs', 'deploy', 'test', 'nest-cli.json', 'docker-compose.yml', 'package.json', 'tsconfig.json', 'README.md', 'README.zh-CN.md', 'package-lock.json'];
const SAYS_NOTHING = /^(common|shared|utils?|helpers?|core|base|misc|lib)(\.|$)/;
/** A noun, an imperative, a question or a sentence in small letters, and the kind where the file is of one. */
const FILE = /^[a-z0-9]+(-[a-z0-9]+)*(\.(http|view|query|measure|sheet|spec|contract|scenario|bench|sql|d))?\.ts$/;

const sources = globSync('{apps,libs,test}/**/*.ts');
const named = (paths: readonly string[], wrong: (name: string) => boolean): string[] => paths.filter((path) => path.split('/').some(wrong));
/** Tests that a README names as proof but that are not where it says. */
const unproven = (readme: string, text: string): string[] =>
  [...text.matchAll(/`([\w./-]+\.(?:spec|contract|scenario)\.ts)`/g)].map(([, path = '']) => path)
    .filter((path) => ![dirname(readme), join(dirname(readme), 'src'), '.', 'test'].some((from) => existsSync(join(from, path))) && !globSync(`${dirname(readme)}/src/**/${basename(path)}`).length);

describe('The layout', () => {
  test('nothing stands at the top but what the client fixed', () => expect(readdirSync('.').filter((name) => !name.startsWith('.') && !ignored.includes(name) && !TOP.includes(name))).toEqual([]));
  test('what the client fixed is there', () => expect(TOP.slice(0, 8).filter((name) => !existsSync(name))).toEqual([]));
  test('no folder and no file has a name that says nothing', () => expect(named(sources, (name) => SAYS_NOTHING.test(name))).toEqual([]));
  test('such a name would be seen', () => expect(named(['apps/a/src/utils/x.ts', 'libs/b/src/helpers.ts', 'apps/a/src/shared-parcel.ts', 'libs/core/src/x.ts'], (name) => SAYS_NOTHING.test(name))).toHaveLength(3));
  test('the name of every file tells its kind', () => expect(sources.map((path) => basename(path)).filter((name) => !FILE.test(name))).toEqual([]));
  test('such a name would be seen', () => expect(['BindFarmer.ts', 'bind_farmer.ts', 'bind-farmer.service.ts', 'bind-farmer.dto.ts', 'bind-farmer.ts'].filter((name) => !FILE.test(name))).toHaveLength(4));
  test('every library has one door', () => expect(readdirSync('libs').filter((lib) => !existsSync(`libs/${lib}/src/index.ts`))).toEqual([]));
  test('every app starts with one file and has one table of contents', () =>
    expect(readdirSync('apps').filter((app) => app !== 'platform' && !['main', 'service'].every((name) => existsSync(`apps/${app}/src/${name}.ts`)))).toEqual([]));
  test('the Nest CLI knows every app and where it starts', () => {
    const { projects } = json<{ projects: Record<string, { root: string; sourceRoot: string; entryFile: string }> }>('nest-cli.json');
    const started = readdirSync('apps').filter((app) => existsSync(`apps/${app}/src/main.ts`));
    expect(started.map((app) => [app, join(projects[app]?.sourceRoot ?? '', `${projects[app]?.entryFile}.ts`)])).toEqual(started.map((app) => [app, `apps/${app}/src/main.ts`]));
  });
});

describe('The promises', () => {
  const readmes = globSync('{apps,libs}/*/README.md');
  test.each(readmes)('%s names tests that exist', (readme) => expect(unproven(readme, readFileSync(readme, 'utf8'))).toEqual([]));
  test('one that does not exist would be seen', () => expect(unproven('libs/standards/README.md', '| a | `src/nowhere.spec.ts` |\n| b | `src/day.spec.ts` |')).toEqual(['src/nowhere.spec.ts']));
});

describe('The dependencies', () => {
  const { dependencies, devDependencies } = json<Record<'dependencies' | 'devDependencies', Record<string, string>>>('package.json');
  test('are pinned exactly', () => expect(Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]));
  test('are those of the lockfile, which names no registry', () => {
    const lock = json<{ packages: Record<string, Record<string, unknown>> }>('package-lock.json');
    expect(lock.packages['']).toMatchObject({ dependencies, devDependencies });
    expect(Object.values(lock.packages).filter((one) => 'resolved' in one && !one.link)).toEqual([]);
  });
  test('there is one package.json', () => expect(globSync('{apps,libs,test,deploy}/**/package.json')).toEqual([]));
});

describe('Tests', () => {
  const left = (text: string): boolean => /\b(describe|test|it)\.(skip|only|todo)\b|\b(xit|xdescribe|fdescribe|fit)\(|\b(TODO|FIXME|XXX)\b/.test(text);
  test('none is left out, and nothing is put off', () => expect(sources.filter((path) => basename(path) !== 'layout.spec.ts' && left(readFileSync(path, 'utf8')))).toEqual([]));
  test('such a one would be seen', () => expect(['test.skip(', 'describe.only.each', '// TODO later'].filter(left)).toHaveLength(3));
});
