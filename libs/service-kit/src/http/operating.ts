import { Controller, Get, HttpCode, Post, type Type } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Text } from '#decider';
import { StaysHalted } from '#messaging';
import { Problem } from '../problem.js';
import type { Runtime } from '../runtime.js';
import { Declared } from './guards.js';
import { principalOf, type KitRequest } from './request.js';
import { mount, type Handler } from './service-controller.js';
import { wordsOf } from './stays-halted.js';

interface Act {
  readonly view: string;
  readonly actor: string;
  readonly body: Readonly<Record<string, unknown>>;
}
const field = (body: Act['body'], name: string): string => {
  const value = body[name];
  if (typeof value === 'string' && value.trim() && value.length <= 500) return value;
  throw new Problem('malformed', { errors: [{ field: name, rule: 'isNotEmpty', text: { zh: '必填,至多 500 个字符', en: 'is needed, at most 500 characters' } }] });
};

const skip = ({ host }: Runtime, { view, actor, body }: Act): Promise<void> => {
  const [eventId, reason] = [field(body, 'eventId'), field(body, 'reason')];
  return host.skip(view, eventId, reason, actor);
};

const ACTS: Readonly<Record<string, { zh: string; en: string; run(runtime: Runtime, act: Act): Promise<void> }>> = {
  retry: { zh: '重试停住的事件', en: 'try the event it stands at once more', run: ({ host }, { view, actor }) => host.retry(view, actor) },
  skip: { zh: '说明理由后跳过事件', en: 'go on without the event, with a reason', run: skip },
  rebuild: { zh: '重建视图', en: 'build the view anew beside the live one', run: ({ host }, { view }) => host.rebuild(view) },
};

const detailOf = (error: Error, service: string): Text => (error instanceof StaysHalted ? wordsOf(error, service) : { zh: error.message, en: error.message });

const acting = (runtime: Runtime, name: string): Handler => async (request: KitRequest) => {
  const view = String(request.params.view);
  const statuses = runtime.host.status();
  if (!statuses.some((status) => status.view === view)) throw new Problem('not-found');
  const actor = principalOf(request).id;
  try {
    await ACTS[name]?.run(runtime, { view, actor, body: (request.body ?? {}) as Act['body'] });
  } catch (error) {
    if (error instanceof Problem || !(error instanceof Error)) throw error;
    throw new Problem('refused', { code: `cannot-${name}`, detail: detailOf(error, runtime.manifest.name) });
  }
  runtime.around.telemetry.log.info({ service: runtime.manifest.name, view, act: name, actor }, 'operator');
  return { view, done: name };
};

/** What operators may do: see the views of a service, retry or skip an event, rebuild. */
export const operatingController = (runtime: Runtime): Type => {
  const { name } = runtime.manifest;
  const controller = { [`${name}Operating`]: class {} }[`${name}Operating`] as Type;
  Controller(`${name}/operate/views`)(controller);
  const every = [Declared({ roles: ['OPERATOR'] }), ApiTags('Operating'), ApiBearerAuth()];
  mount(controller, 'list', async () => ({ items: runtime.host.status() }), [Get(), ...every, ApiOperation({ summary: '答复的进程中视图的状态 · state of the views in the process that answers', operationId: `${name}-views` })]);
  for (const [act, { zh, en }] of Object.entries(ACTS)) {
    const body = act === 'skip' ? [ApiBody({ schema: { type: 'object', example: { eventId: `${name}:0:1`, reason: '…' } } })] : [];
    mount(controller, act, acting(runtime, act), [
      Post(`:view/${act}`), HttpCode(200), ...every, ApiParam({ name: 'view' }), ...body, ApiOperation({ summary: `${zh} · ${en}`, operationId: `${name}-${act}` }),
    ]);
  }
  return controller;
};
