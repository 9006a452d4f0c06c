import { pino, type Logger } from 'pino';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { FoldBatch, View } from '#decider';
import type { EventStore } from '#event-store';
import type { Tx } from '#postgres';
import { redacted } from './redacted.js';
import { traceIdOf } from './trace.js';

/** Traces told per fold at most. */
const TOLD = 20;

/** The log and the measurements of this process. Neither ever holds a body, a query string or a name. */
export class Telemetry {
  readonly registry = new Registry();
  readonly log: Logger;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly commands: Counter<'service' | 'command' | 'outcome'>;
  private readonly folds: Histogram<'service' | 'view'>;
  private readonly events: Counter<'service' | 'view'>;
  private readonly appends: Histogram<'service' | 'outcome'>;
  private readonly appended: Counter<'service'>;
  private readonly groups: Histogram<'service'>;

  constructor(level: string) {
    this.log = pino({ level, base: null, hooks: { streamWrite: redacted } });
    const registers = [this.registry];
    this.requests = new Histogram({ name: 'http_request_seconds', help: 'Time to answer a request', labelNames: ['method', 'route', 'status'], registers });
    this.commands = new Counter({ name: 'commands_total', help: 'Commands given, by outcome', labelNames: ['service', 'command', 'outcome'], registers });
    this.folds = new Histogram({ name: 'view_fold_seconds', help: 'Time to fold one batch', labelNames: ['service', 'view'], registers });
    this.events = new Counter({ name: 'view_events_total', help: 'Events folded', labelNames: ['service', 'view'], registers });
    this.appends = new Histogram({ name: 'append_seconds', help: 'Time to append one command, by outcome: appended, duplicate, conflict, reused, failed', labelNames: ['service', 'outcome'], registers });
    this.appended = new Counter({ name: 'events_appended_total', help: 'Events recorded', labelNames: ['service'], registers });
    this.groups = new Histogram({ name: 'append_group_commands', help: 'Commands that shared one commit', labelNames: ['service'], buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512], registers });
    // Looked at every 10 ms, as it is by default, the loop of an idle process would hardly sleep.
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 200 });
  }

  /** The same view, with each fold measured and the traces of its events told. */
  observed(service: string, view: View<Tx>, folded: () => void = () => undefined): View<Tx> {
    return {
      ...view,
      fold: async (batch, context) => {
        const end = this.folds.startTimer({ service, view: view.name });
        await view.fold(batch, context);
        end();
        this.events.inc({ service, view: view.name }, batch.events.length);
        this.told(service, view.name, batch);
        folded();
      },
    };
  }

  /** The same append, with each one measured. */
  measured(service: string, append: EventStore['append']): EventStore['append'] {
    return async (given) => {
      const end = this.appends.startTimer({ service });
      const answer = await append(given).catch((error: unknown) => {
        end({ outcome: 'failed' });
        throw error;
      });
      end({ outcome: answer.status });
      if (answer.status === 'appended') this.appended.inc({ service }, given.streams.reduce((sum, { events }) => sum + events.length, 0));
      return answer;
    };
  }

  /** Told by the store for every commit. */
  grouped(service: string): (commands: number) => void {
    return (commands) => this.groups.observe({ service }, commands);
  }

  private told(service: string, view: string, { events }: FoldBatch): void {
    if (!this.log.isLevelEnabled('debug')) return;
    const traces = [...new Set(events.flatMap(({ origin }) => traceIdOf(origin.traceparent) ?? []))].slice(0, TOLD);
    this.log.debug({ service, view, events: events.length, first: events[0]?.id, last: events.at(-1)?.id, traces }, 'folded');
  }
}
