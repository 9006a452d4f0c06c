import type { INestApplication } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiTags, DocumentBuilder, type SwaggerCustomOptions, SwaggerModule } from '@nestjs/swagger';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import type { Text } from '#decider';
import { isCommand, type Route } from '../manifest.js';
import { PROBLEMS } from '../problem.js';

interface Schema {
  readonly properties?: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
}
type Input = Route['to']['input'];

const schemaOf = (input: Input): Schema => targetConstructorToSchema(input, { classTransformerMetadataStorage: defaultMetadataStorage as never }) as Schema;

const ANSWER = {
  type: 'object',
  example: { commandId: '2f0c…', recordedAt: '2022-07-18T04:00:00.000Z', at: ['farmer:2:17'], streams: [{ stream: 'household-h-1', version: 1 }], ids: { household: 'h-1' } },
} as const;

const inPath = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => String(name));

const parameters = ({ path, method, to }: Route): MethodDecorator[] => {
  const { properties = {}, required = [] } = schemaOf(to.input);
  const example = to.example as Readonly<Record<string, unknown>>;
  const names = inPath(path);
  const params = names.map((name) => ApiParam({ name, schema: { type: 'string' }, example: example[name] }));
  const rest = Object.entries(properties).filter(([name]) => !names.includes(name));
  if (method === 'GET') return [...params, ...rest.map(([name, schema]) => ApiQuery({ name, required: required.includes(name), schema, example: example[name] }))];
  const body = { type: 'object', properties: Object.fromEntries(rest), required: required.filter((name) => !names.includes(name)) };
  const shown = Object.fromEntries(Object.entries(example).filter(([name]) => !names.includes(name)));
  return [...params, ApiBody({ schema: { ...body, example: shown } as never })];
};

/** What `/docs` tells of a route: both titles, its input with an example, who may, and its refusals. */
export const describeRoute = (route: Route, service: Text): MethodDecorator[] => {
  const { to } = route;
  const may = `**${to.may.roles.join(', ') || '–'}**`;
  const refusals = isCommand(to) ? Object.entries<Text>(to.refusals).map(([code, { zh, en }]) => `- \`${code}\` ${zh} · ${en}`) : [];
  const common = [
    ApiTags(service.en),
    ApiBearerAuth(),
    ApiOperation({ summary: `${to.title.zh} · ${to.title.en}`, operationId: `${service.en}-${to.name}-${route.path}`, description: [may, ...refusals].join('\n\n') }),
    ...parameters(route),
  ];
  if (isCommand(to)) return [...common, ApiHeader({ name: 'Idempotency-Key', required: false, description: '指令编号 · command id (UUID)' }), ApiOkResponse({ schema: ANSWER })];
  return [...common, ApiQuery({ name: 'at', required: false, schema: { type: 'array', items: { type: 'string' } }, description: '读己所写 · read your writes' })];
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
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config), beside(own, known));
};
