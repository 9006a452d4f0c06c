import { Controller, Get, HttpCode, Post, Req, type Type } from '@nestjs/common';
import type { CommandAnswer } from '../command-answer.js';
import { coerce } from '../input/coerce.js';
import { isCommand, type Route } from '../manifest.js';
import { Problem } from '../problem.js';
import type { Runtime } from '../runtime.js';
import { describeRoute } from './docs.js';
import { givingOf } from './giving.js';
import { Declared } from './guards.js';
import { headerOf, principalOf, tokenOf, type KitRequest } from './request.js';

type Fields = Readonly<Record<string, unknown>>;
export type Handler = (request: KitRequest) => Promise<unknown>;

const listOf = (value: unknown): string[] => (value === undefined ? [] : [value].flat().flatMap((one) => String(one).split(',')));

const fieldsOf = (body: unknown): Fields => {
  if (body === undefined || body === null) return {};
  if (typeof body === 'object' && !Array.isArray(body)) return body as Fields;
  throw new Problem('malformed', { errors: [{ field: '', rule: 'isObject', text: { zh: '应为 JSON 对象', en: 'must be a JSON object' } }] });
};

/** Gives a command and counts how it ended. */
export const giveCounted = async (runtime: Runtime, ...given: Parameters<Runtime['commands']['give']>): Promise<CommandAnswer> => {
  const [command] = given;
  const count = (outcome: string): void => runtime.around.telemetry.commands.inc({ service: runtime.manifest.name, command: command.name, outcome });
  try {
    const answer = await runtime.commands.give(...given);
    count(answer.recordedAt ? 'recorded' : 'nothing-new');
    return answer;
  } catch (error) {
    count(error instanceof Problem ? error.kind : 'defect');
    throw error;
  }
};

const commandHandler = (runtime: Runtime, command: Extract<Route['to'], { decide: unknown }>): Handler => async (request) => {
  const { onBehalfOf, ...fields } = fieldsOf(request.body);
  const giving = givingOf(request, onBehalfOf === undefined ? {} : { onBehalfOf, idempotencyKey: headerOf(request, 'idempotency-key') });
  return giveCounted(runtime, command, { ...fields, ...request.params }, giving);
};

const queryHandler = (runtime: Runtime, { method, to }: Route): Handler => (request) => {
  const { at, ...query } = request.query;
  const { at: inBody, ...body } = method === 'POST' ? fieldsOf(request.body) : ({} as Fields);
  const raw = { ...coerce(to.input, { ...query, ...request.params }), ...body };
  const by = { service: runtime.manifest.name, token: tokenOf(request), traceparent: request.trace.traceparent };
  const positions = listOf(at ?? inBody);
  // Whom we ask waits for the same writes.
  const ask = <T>(service: string, path: string, params?: Parameters<Runtime['around']['ask']>[1]['params']): Promise<T> =>
    runtime.around.ask(by, { service, path, params: { at: positions, ...params } }) as Promise<T>;
  return runtime.queries.ask(to as never, raw, { principal: principalOf(request), at: positions, ask });
};

const handlerOf = (runtime: Runtime, route: Route): Handler => (isCommand(route.to) ? commandHandler(runtime, route.to) : queryHandler(runtime, route));

/** Puts a handler on a controller as Nest's own decorators would. */
export const mount = (controller: Type, name: string, handler: Handler, decorators: readonly MethodDecorator[]): void => {
  const prototype = controller.prototype as object;
  Object.defineProperty(handler, 'name', { value: name });
  Object.defineProperty(prototype, name, { value: handler, writable: true, configurable: true });
  Reflect.defineMetadata('design:paramtypes', [Object], prototype, name);
  Req()(prototype, name, 0);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
  for (const decorate of decorators) decorate(prototype, name, descriptor);
};

/** The routes of a service as a Nest controller, so that guards, filters and the documentation see them. */
export const serviceController = (runtime: Runtime): Type => {
  const { name, title, routes } = runtime.manifest;
  const controller = { [`${name}Controller`]: class {} }[`${name}Controller`] as Type;
  Controller(name)(controller);
  routes.forEach((route, index) => {
    const { method, path, to } = route;
    const verb = method === 'GET' ? Get(path) : Post(path);
    mount(controller, `${to.name.replace(/\W/g, '_')}_${index}`, handlerOf(runtime, route), [verb, HttpCode(200), Declared({ roles: to.may.roles }), ...describeRoute(route, title)]);
  });
  return controller;
};
