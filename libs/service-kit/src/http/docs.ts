import type { INestApplication } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiExtension, ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiTags, DocumentBuilder, type SwaggerCustomOptions, SwaggerModule } from '@nestjs/swagger';
import type { Text } from '#decider';
import { isCommand, type Route } from '../manifest.js';
import { PROBLEMS } from '../problem.js';
import { withFailures } from './failures.js';
import { inputSchema, shapeOf } from './schema.js';

const ANSWER = {
  commandId: '8f7b1c1e-0000-4000-8000-000000000001', recordedAt: '2022-07-18T04:00:00.000Z', at: ['farmer:2:17'],
  streams: [{ stream: 'household-h-1', version: 1 }], ids: { household: 'h-1' },
};
const HEADERS: readonly (readonly [name: string, description: string, example: string])[] = [
  ['Idempotency-Key', '指令编号:重复提交得到第一次的结果 · command id (UUID): given again it is answered with the first result', ANSWER.commandId],
  ['X-On-Behalf-Of', '代办时被代办的一方 · for whom it is given', 'c-1'],
  ['X-Source', '来源 UI、IMPORT 或 API · where it comes from', 'API'],
  ['X-Correlation-Id', '关联编号;缺省为追踪号 · what belongs together; the trace unless given', 'batch-7'],
];

const inPath = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => String(name));
const without = (fields: Readonly<Record<string, unknown>>, names: readonly string[]) => Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

const parameters = ({ path, method, to }: Route): MethodDecorator[] => {
  const { properties, required } = inputSchema(to.input);
  const example = to.example as Readonly<Record<string, unknown>>;
  const names = inPath(path);
  const params = names.map((name) => ApiParam({ name, schema: { ...properties[name] } as never, example: example[name] }));
  const rest = without(properties, names);
  if (method === 'GET') return [...params, ...Object.entries(rest).map(([name, schema]) => ApiQuery({ name, required: required.includes(name), schema: schema as never, example: example[name] }))];
  const needed = required.filter((name) => !names.includes(name));
  return [...params, ApiBody({ schema: { type: 'object', properties: rest, ...(needed.length ? { required: needed } : {}), additionalProperties: false, example: without(example, names) } as never })];
};

const answerOf = ({ to }: Route): MethodDecorator[] => {
  if (isCommand(to)) return [...HEADERS.map(([name, description, example]) => ApiHeader({ name, required: false, description, schema: { type: 'string', example } })), ApiOkResponse({ description: '已记录 · recorded', schema: { ...shapeOf(ANSWER), example: ANSWER } as never })];
  const { answer } = to;
  const at = ApiQuery({ name: 'at', required: false, schema: { type: 'array', items: { type: 'string', pattern: '^[a-z-]+:\\d+:\\d+$' } }, description: '读己所写:指令所答的 at · read your writes: what a command answered as `at`' });
  return [at, ApiOkResponse({ description: to.title.zh, schema: (answer === undefined ? { type: 'object' } : { ...shapeOf(answer), example: answer }) as never })];
};

/** What `/docs` tells of a route: both titles, its input with an example, who may, what it answers, and its refusals. */
export const describeRoute = (route: Route, service: Text): MethodDecorator[] => {
  const { to, path } = route;
  const refusals = isCommand(to) ? Object.entries<Text>(to.refusals) : [];
  const description = [`**${to.may.roles.join(', ') || '–'}**`, ...refusals.map(([code, { zh, en }]) => `- \`${code}\` ${zh} · ${en}`)].join('\n\n');
  return [
    ApiTags(service.en),
    ApiBearerAuth(),
    ApiOperation({ summary: `${to.title.zh} · ${to.title.en}`, operationId: `${service.en}-${to.name}${path.replace(/\W+/g, '-')}`, description }),
    ApiExtension('x-refusals', Object.fromEntries(refusals)),
    ...parameters(route),
    ...answerOf(route),
  ];
};

/** A service by itself tells its own description under its own path, and the page at `/docs` offers those of the others beside it. */
const beside = (own: readonly string[], known: readonly string[]): SwaggerCustomOptions => {
  const [name] = own;
  if (own.length !== 1 || known.length < 2) return {};
  return { explorer: true, jsonDocumentUrl: `${name}/docs-json`, swaggerOptions: { urls: known.map((service) => ({ name: service, url: `/${service}/docs-json` })) } };
};

/** OpenAPI of everything mounted, at `/docs` and `/docs-json`; of one service among others (`known`) at `/<service>/docs-json`. */
export const serveDocs = (app: INestApplication, own: readonly string[], known: readonly string[]): void => {
  const about = Object.entries(PROBLEMS).map(([name, { status, title }]) => `- ${status} \`${name}\` ${title.zh} · ${title.en}`);
  const description = `错误均为 application/problem+json · every failure is application/problem+json:\n\n${about.join('\n')}`;
  const config = new DocumentBuilder().setTitle('双绑 Shuangbang').setDescription(description).setVersion('1').addBearerAuth().build();
  SwaggerModule.setup('docs', app, () => withFailures(SwaggerModule.createDocument(app, config, { autoTagControllers: false })), beside(own, known));
};
