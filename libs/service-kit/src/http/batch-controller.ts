import { Controller, HttpCode, Post, type Type } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AnyCommand } from '#decider';
import { languageOf, type Language } from '../language.js';
import { isCommand } from '../manifest.js';
import { Problem, problemBody, problemOf } from '../problem.js';
import type { Runtime } from '../runtime.js';
import { givingOf } from './giving.js';
import { Declared } from './guards.js';
import { headerOf, type KitRequest } from './request.js';
import { giveCounted, mount } from './service-controller.js';

interface Item {
  readonly command: string;
  readonly input: unknown;
  readonly idempotencyKey?: string;
  readonly onBehalfOf?: string;
}
const MOST = 500;
/** More at once would only wait for connections. */
const AT_ONCE = 64;

const itemsOf = (body: unknown): readonly Item[] => {
  const list = (body as { commands?: unknown } | null)?.commands;
  if (Array.isArray(list) && list.length <= MOST && list.every((item) => typeof item === 'object' && item !== null)) return list as Item[];
  throw new Problem('malformed', { errors: [{ field: 'commands', rule: 'arrayMaxSize', text: { zh: `应为列表,至多 ${MOST} 项`, en: `must be a list of at most ${MOST}` } }] });
};

/** Many commands in one request, side by side and each for itself; answers in the order asked. */
export const batchController = (runtime: Runtime): Type => {
  const { name, routes, title } = runtime.manifest;
  const open = new Map<string, AnyCommand>(routes.flatMap(({ to }) => (isCommand(to) ? [[to.name, to] as const] : [])));
  const roles = [...new Set([...open.values()].flatMap(({ may }) => may.roles))];

  const give = async (request: KitRequest, item: Item, language: Language): Promise<object> => {
    try {
      const command = open.get(item.command);
      if (!command) throw new Problem('not-found');
      const { idempotencyKey, onBehalfOf } = item;
      return { status: 200, answer: await giveCounted(runtime, command, item.input, givingOf(request, { idempotencyKey, onBehalfOf })) };
    } catch (error) {
      const problem = problemOf(error);
      if (problem.kind === 'defect') runtime.around.telemetry.log.error({ traceId: request.trace.traceId, command: item.command, error: String(error) }, 'defect');
      return { status: problem.status, problem: problemBody(problem, language, request.trace.traceId) };
    }
  };

  const handler = async (request: KitRequest): Promise<unknown> => {
    const items = itemsOf(request.body);
    const language = languageOf(headerOf(request, 'accept-language'));
    const results: object[] = [];
    const waiting = items.entries();
    const work = async (): Promise<void> => {
      for (const [index, item] of waiting) results[index] = await give(request, item, language);
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
    return { results };
  };

  const controller = { [`${name}Commands`]: class {} }[`${name}Commands`] as Type;
  Controller(name)(controller);
  mount(controller, 'commands', handler, [
    Post('commands'), HttpCode(200), Declared({ roles }), ApiTags(title.en), ApiBearerAuth(),
    ApiOperation({ summary: `批量指令 · up to ${MOST} commands at once`, operationId: `${name}-commands` }),
    ApiBody({ schema: { type: 'object', example: { commands: [...open.values()].slice(0, 1).map((command) => ({ command: command.name, input: command.example as object })) } } }),
  ]);
  return controller;
};
