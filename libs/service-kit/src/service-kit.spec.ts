import { IsArray, IsBoolean, IsInt, IsOptional, Matches, Min, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { ConfigError, readConfig } from './config.js';
import { coerce } from './input/coerce.js';
import { readInput } from './input/read-input.js';
import { languageOf } from './language.js';
import { pageOf } from './paging.js';
import { Problem, problemBody, problemOf } from './problem.js';
import { RateLimit } from './rate-limit.js';
import { redacted } from './redacted.js';
import { DatedTree } from './regions.js';
import { canonical, uuidFrom } from './secrets.js';
import { traceFrom, traceIdOf } from './trace.js';

class Line {
  @IsInt() @Min(1) area: number;
}
class Trial {
  @IsInt() n: number;
  @IsOptional() @IsBoolean() yes?: boolean;
  @IsOptional() @IsArray() crops?: string[];
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Line) lines?: Line[];
  @IsOptional() @Matches(/^\d$/, { message: '应为一位数字 / must be one digit' }) digit?: string;
}
class Nothing {}

const refusal = async (raw: unknown): Promise<Problem> => readInput(Trial, raw).then(() => { throw new Error('accepted'); }, (error: unknown) => error as Problem);

describe('An input', () => {
  test('is an instance of its class', async () => expect(await readInput(Trial, { n: 1, lines: [{ area: 2 }] })).toBeInstanceOf(Trial));
  test('tells the reason of every field, nested ones by their path', async () => {
    const { details } = await refusal({ n: 'x', lines: [{ area: 1 }, { area: 0 }], more: 1 });
    expect(details.errors?.map(({ field, text }) => [field, text.zh])).toEqual([['more', '没有这个字段'], ['n', '应为整数'], ['lines[1].area', '不得小于 1']]);
  });
  test('takes null for left out, nested too, and refuses it where something is needed', async () => {
    expect(await readInput(Trial, { n: 1, digit: null, yes: null })).toEqual({ n: 1 });
    expect((await refusal({ n: null, lines: [{ area: null }] })).details.errors?.map(({ field }) => field)).toEqual(expect.arrayContaining(['n', 'lines[0].area']));
  });
  test('may give its own reasons in both languages', async () => expect((await refusal({ n: 1, digit: 'x' })).details.errors?.[0]?.text).toEqual({ zh: '应为一位数字', en: 'must be one digit' }));
  test('never repeats what was sent', async () => expect(JSON.stringify((await refusal({ n: '410308199001011234' })).details)).not.toContain('410308'));
  test('of a class without fields takes none', async () => {
    expect(await readInput(Nothing, {})).toBeInstanceOf(Nothing);
    await expect(readInput(Nothing, { a: 1 })).rejects.toBeInstanceOf(Problem);
  });
  test('from a query string is brought to the declared types, and `false` stays false', () =>
    expect(coerce(Trial, { n: '42', yes: 'false', crops: '桃', digit: '1' })).toEqual({ n: 42, yes: false, crops: ['桃'], digit: '1' }));
});

describe('A problem', () => {
  test.each([[undefined, 'zh'], ['en', 'en'], ['zh-CN,en;q=0.9', 'zh'], ['zh;q=0.3,en-GB', 'en'], ['fr', 'zh'], ['en;q=0', 'zh']])('for %s speaks %s', (accepted, language) => expect(languageOf(accepted)).toBe(language));
  test('has its text in the language asked for, and English beside it', () =>
    expect(problemBody(new Problem('refused', { code: 'already-bound', detail: { zh: '已绑定', en: 'bound already' } }), 'zh', 't')).toMatchObject({ status: 409, code: 'already-bound', detail: '已绑定', detailEn: 'bound already', traceId: 't' }));
  test('is a defect unless it is known', () => {
    expect(problemOf(new Error('x')).kind).toBe('defect');
    expect(problemOf({ statusCode: 413 }).kind).toBe('too-large');
    expect(problemOf({ statusCode: 418 }).kind).toBe('malformed');
  });
});

describe('The configuration', () => {
  const read = (env: Record<string, string>) => readConfig({}, env);
  test('needs nothing', () => expect(read({})).toMatchObject({ port: 3000, databaseUrl: null, kafkaBrokers: null, allowTestId: false }));
  test('lists everything that is wrong, and what to set', () => {
    const env = { PORT: 'x', DATABASE_URL: 'mysql://a', KAFKA_BROKERS: 'a', SERVICE_URLS: 'star', JWKS_URL: 'http://a/', MASTER_KEY: 'short', LOG_LEVEL: 'loud', ALLOW_TEST_ID: 'maybe' };
    let told: ConfigError | undefined;
    try {
      read(env);
    } catch (error) {
      told = error as ConfigError;
    }
    expect(told?.problems).toHaveLength(8);
    for (const name of Object.keys(env)) expect(told?.message).toContain(name);
  });
  test('reads lists', () => expect(read({ KAFKA_BROKERS: 'a:1, b:2', SERVICE_URLS: 'star=http://s:1/,farmer=http://f' })).toMatchObject({ kafkaBrokers: ['a:1', 'b:2'], serviceUrls: { star: 'http://s:1', farmer: 'http://f' } }));
  test('of its own leaves what the environment names alone', () =>
    expect(readConfig({ own: 'sample' }, { DATA_DIR: '/d', DATABASE_URL: 'postgres://a/b', KAFKA_BROKERS: 'a:1' })).toMatchObject({ dataDir: '/d/sample', databaseUrl: null, kafkaBrokers: null }));
  test('lets a program found its services unless told not to', () =>
    expect([readConfig({}, {}).founding, readConfig({ founding: true }, {}).founding, readConfig({ founding: true }, { FOUNDING: 'false' }).founding]).toEqual([false, true, false]));
  test('gives way to what a test sets', () => expect(readConfig({ port: 0, log: false }, { PORT: '80' })).toMatchObject({ port: 0, logLevel: 'silent' }));
});

describe('The region tree', () => {
  const at = (region: string, since: string, parent: string | null, level = 'VILLAGE') => ({ region, since, parent, level });
  const tree = new DatedTree([at('d', '2020-01-01', null, 'DISTRICT'), at('t', '2020-01-01', 'd', 'TOWN'), at('v', '2020-01-01', 't'), at('v', '2022-09-01', 'other')]);
  test('knows what lies where on a day', () => {
    expect([tree.contains('d', 'v', '2022-08-31'), tree.contains('d', 'v', '2022-09-01'), tree.contains('d', 'v', '2019-01-01')]).toEqual([true, false, false]);
    expect([tree.villages('d', '2022-08-31'), tree.villages('d', '2022-09-01')]).toEqual([['v'], []]);
  });
  test('survives a circle of parents', () => expect(new DatedTree([at('a', '2020-01-01', 'b'), at('b', '2020-01-01', 'a')]).contains('x', 'a', '2022-01-01')).toBe(false));
});

describe('A line of the log', () => {
  test('loses names, identity numbers and phones, whatever message quotes them', () => {
    const line = redacted('{"error":"invalid input syntax: \\"买买提·𠮷张\\", 41030819900101123x, 410308199001011234, 13812345678""}');
    expect(line).not.toMatch(/\p{Script=Han}|\d{7}/u);
  });
  test('keeps traces, times and addresses', () => {
    const line = '{"level":30,"time":1795552739508,"traceId":"4bf92f3577b34da6a313812345678e36","at":"farmer:2:17","url":"http://127.0.0.1:3141"}';
    expect(redacted(line)).toBe(line);
  });
});

describe('Small things', () => {
  test('a trace goes on, and a malformed one begins anew', () => {
    const id = '4bf92f3577b34da6a3ce929d0e0e4736';
    expect(traceFrom(`00-${id}-00f067aa0ba902b7-01`).traceId).toBe(id);
    expect(traceIdOf(traceFrom('nonsense').traceparent)).toMatch(/^[0-9a-f]{32}$/);
  });
  test('a caller gets so many requests a second, and twice that at once', () => {
    const limit = new RateLimit(2);
    expect(Array.from({ length: 5 }, () => limit.allows('a', 0))).toEqual([true, true, true, true, false]);
    expect([limit.allows('b', 0), limit.allows('a', 500), limit.allows('a', 500)]).toEqual([true, true, false]);
  });
  test('equal inputs have equal fingerprints, whatever the order of their fields', () => expect(canonical({ a: 1, b: [{ d: 1, c: 2 }] })).toBe(canonical({ b: [{ c: 2, d: 1 }], a: 1 })));
  test('an id made from the same parts is the same', () => {
    expect(uuidFrom('a', 'b')).toBe(uuidFrom('a', 'b'));
    expect(uuidFrom('a', 'b')).not.toBe(uuidFrom('ab'));
  });
  test('a page tells where the next begins, and the last that there is none', () => {
    expect(pageOf([1, 2, 3], 2, String)).toEqual({ items: [1, 2], next: '2' });
    expect(pageOf([1, 2], 2, String).next).toBeNull();
  });
});
