import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import { quietIdleTimers } from './quiet-timers.js';

const queue = (maxInFlightRequests: number): RequestQueue =>
  new RequestQueue({
    maxInFlightRequests,
    requestTimeout: 1000,
    enforceRequestTimeout: false,
    clientId: 'c',
    broker: 'b',
    logger: { debug: () => undefined, warn: () => undefined },
    isConnected: () => true,
  });
const request = (correlationId: number) => ({ entry: { correlationId, resolve: () => undefined, reject: () => undefined, apiKey: 0, apiVersion: 0, apiName: '' }, expectResponse: true, sendRequest: () => undefined, requestTimeout: 1000 });
/** Whether an answered request leaves a timer behind; ends the timer. */
const armed = (requests: RequestQueue): boolean => {
  const left = requests.throttleCheckTimeoutId !== null;
  requests.destroy();
  return left;
};

describe('The idle timer of a kafkajs connection', () => {
  test('is armed for nothing by kafkajs as it comes; once quietened only for a request that waits', () => {
    const asItComes = queue(1);
    asItComes.push(request(1));
    asItComes.fulfillRequest({ correlationId: 1, payload: null, size: 0 });
    expect(armed(asItComes)).toBe(true);

    quietIdleTimers();
    const quietened = queue(1);
    quietened.push(request(1));
    expect(armed(quietened)).toBe(false);
    quietened.push(request(2));
    expect(armed(quietened)).toBe(true);
    quietened.fulfillRequest({ correlationId: 1, payload: null, size: 0 });
    quietened.fulfillRequest({ correlationId: 2, payload: null, size: 0 });
    expect(quietened.pending).toHaveLength(0);
    expect(armed(quietened)).toBe(false);
  });
});
