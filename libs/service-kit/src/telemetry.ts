import { pino, type Logger } from 'pino';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { FoldBatch, View } from '#decider';
import type { Tx } from '#postgres';
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

  constructor(level: string) {
    this.log = pino({ level, base: null });
    const registers = [this.registry];
    this.requests = new Histogram({ name: 'http_request_seconds', help: 'Time to answer a request', labelNames: ['method', 'route', 'status'], registers });
    this.commands = new Counter({ name: 'commands_total', help: 'Commands given, by outcome', labelNames: ['service', 'command', 'outcome'], registers });
    this.folds = new Histogram({ name: 'view_fold_seconds', help: 'Time to fold one batch', labelNames: ['service', 'view'], registers });
    this.events = new Counter({ name: 'view_events_total', help: 'Events folded', labelNames: ['service', 'view'], registers });
    collectDefaultMetrics({ register: this.registry });
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

  private told(service: string, view: string, { service: from, lane, events }: FoldBatch): void {
    if (!this.log.isLevelEnabled('debug')) return;
    const traces = [...new Set(events.flatMap(({ origin }) => traceIdOf(origin.traceparent) ?? []))].slice(0, TOLD);
    this.log.debug({ service, view, from, lane, first: events[0]?.position, last: events.at(-1)?.position, traces }, 'folded');
  }
}
