/** The part of kafkajs that `quiet-timers.ts` mends. */
declare module 'kafkajs/src/network/requestQueue/index.js' {
  export default class RequestQueue {
    constructor(options: object);
    readonly pending: readonly unknown[];
    readonly throttleCheckTimeoutId: NodeJS.Timeout | null;
    scheduleCheckPendingRequests(): void;
    push(request: object): void;
    fulfillRequest(response: { correlationId: number; payload: unknown; size: number }): void;
    destroy(): void;
  }
}
