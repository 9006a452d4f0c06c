import { Gauge, type Registry } from 'prom-client';
import type { Runtime } from './runtime.js';

type Sample = readonly [labels: Readonly<Record<string, string | number>>, value: number];
interface Kind {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  /** Of one service; without its own label. */
  samples(runtime: Runtime): readonly Sample[];
}

const perView = (name: string, help: string, value: (view: ReturnType<Runtime['host']['status']>[number]) => number | undefined): Kind => ({
  name, help, labels: ['view'],
  samples: ({ host }) => host.status().filter(({ state }) => state === 'live').flatMap((status): Sample[] => {
    const measured = value(status);
    return measured === undefined ? [] : [[{ view: status.view }, measured]];
  }),
});

const KINDS: readonly Kind[] = [
  perView('view_behind_events', 'Events known to wait before a view', ({ lanes }) => lanes.reduce((sum, { behind }) => sum + behind, 0)),
  perView('view_lag_seconds', 'Age of the instant up to which a view is complete; an idle view stays near a second', ({ watermark }) => (watermark ? Math.max(0, Date.now() - watermark) / 1000 : undefined)),
  perView('view_halted', '1 while a view stands at an event', ({ halted }) => (halted ? 1 : 0)),
  perView('view_skipped_events', 'Events an operator let a view skip: its answers are incomplete', ({ skipped }) => skipped),
  {
    name: 'feed_lane_behind_events', help: 'Events of one lane of a service known to wait before a view', labels: ['view', 'from', 'lane'],
    samples: ({ host }) => host.status().filter(({ state }) => state === 'live').flatMap(({ view, lanes }) => lanes.map(({ service: from, lane, behind }): Sample => [{ view, from, lane }, behind])),
  },
  {
    name: 'relay_behind_events', help: 'Events of a lane not yet at the broker', labels: ['lane'],
    samples: ({ relay }) => (relay?.status().lanes ?? []).map(({ lane, head, position }): Sample => [{ lane }, head - position]),
  },
  { name: 'relay_state', help: '1 for the state the relay of this process is in', labels: ['state'], samples: ({ relay }) => (relay ? [[{ state: relay.status().state }, 1]] : []) },
  { name: 'worker_failing', help: '1 while the last round of a background loop failed', labels: ['worker'], samples: ({ loops }) => loops.map(({ worker, failing }): Sample => [{ worker: worker.name }, failing === null ? 0 : 1]) },
];

/** What stands still or lags behind, read when it is asked for. */
export const gauges = (runtimes: readonly Runtime[], registry: Registry): void => {
  for (const { name, help, labels, samples } of KINDS) {
    new Gauge({
      name, help, labelNames: ['service', ...labels], registers: [registry],
      collect() {
        this.reset();
        for (const runtime of runtimes) for (const [own, value] of samples(runtime)) this.set({ service: runtime.manifest.name, ...own }, value);
      },
    });
  }
};
