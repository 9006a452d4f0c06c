import { Controller, Get, Header, type Type } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { gauges } from '../gauges.js';
import { Problem } from '../problem.js';
import type { Runtime } from '../runtime.js';
import { Declared } from './guards.js';
import { mount } from './service-controller.js';

const databaseUp = async ({ database }: Runtime): Promise<boolean> => {
  const answer = database.query('select 1', []).then(() => true, () => false);
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, 2000, false).unref());
  return Promise.race([answer, late]);
};

const viewsOf = ({ host }: Runtime) =>
  host.status().map(({ view, kind, state, version, generation, lanes, watermark, halted, skipped }) => ({
    view, kind, state, version, generation, skipped,
    behind: lanes.reduce((sum, lane) => sum + lane.behind, 0),
    complete: watermark ? new Date(watermark).toISOString() : null,
    // The error itself is for operators: it may quote what stands in an event.
    halted: halted ? { kind: halted.kind, event: halted.eventId } : null,
  }));

const serviceHealth = async (runtime: Runtime) => {
  const [database, views] = [await databaseUp(runtime), viewsOf(runtime)];
  const relay = runtime.relay?.status();
  const workers = runtime.loops.map(({ worker, lastRound, failing }) => ({ worker: worker.name, lastRound: lastRound ? new Date(lastRound).toISOString() : null, failing: failing !== null }));
  return {
    up: database && views.every(({ halted }) => !halted),
    told: { database: database ? 'up' : 'down', ...(relay ? { relay: { state: relay.state, behind: relay.lanes.reduce((sum, { head, position }) => sum + head - position, 0) } } : {}), views, workers },
  };
};

/** `/health/live`, `/health/ready`, `/metrics`: for the machine that keeps this process. */
export const healthController = (runtimes: readonly Runtime[], registry: Runtime['around']['telemetry']['registry'], stopping: () => boolean): Type => {
  gauges(runtimes, registry);
  const controller = class HealthController {} as Type;
  Controller()(controller);
  ApiExcludeController()(controller);
  const everybody = Declared('everybody');
  mount(controller, 'live', async () => ({ status: 'up' }), [Get('health/live'), everybody]);
  const ready = async (): Promise<unknown> => {
    const healths = await Promise.all(runtimes.map(async (runtime) => [runtime.manifest.name, await serviceHealth(runtime)] as const));
    const up = !stopping() && healths.every(([, health]) => health.up);
    const body = { status: up ? 'up' : 'down', services: Object.fromEntries(healths.map(([name, { told }]) => [name, told])) };
    if (!up) throw new Problem('unavailable', { code: 'not-ready', retryAfterSeconds: 1, more: { services: body.services } });
    return body;
  };
  mount(controller, 'ready', ready, [Get('health/ready'), everybody]);
  mount(controller, 'metrics', () => registry.metrics(), [Get('metrics'), Header('content-type', registry.contentType), everybody]);
  return controller;
};
