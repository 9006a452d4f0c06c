import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

/** Milliseconds between looks for requests that are overdue; they are given many seconds. */
const LOOK_EVERY = 1000;
let quiet = false;

/**
 * kafkajs 2.2.4 re-arms a timer of about a millisecond on every connection, for ever, even when nothing waits to be sent
 * (about 5 % of a core in an idle process, and `TimeoutNegativeWarning` on Node 24). With nothing pending there is nothing to
 * check: whoever adds a request arms the timer then. And it looks for overdue requests ten times a second on every connection:
 * of a process with a dozen of them that is what wakes it most.
 */
export const quietIdleTimers = (): void => {
  if (quiet) return;
  quiet = true;
  const prototype = RequestQueue.prototype;
  const arm = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function whenPending() {
    if (this.pending.length > 0) arm.call(this);
  };
  prototype.scheduleRequestTimeoutCheck = function seldom() {
    if (!this.enforceRequestTimeout) return;
    this.destroy();
    this.requestTimeoutIntervalId = setInterval(() => look(this), LOOK_EVERY);
  };
};

const look = (queue: RequestQueue): void => {
  for (const request of queue.inflight.values()) if (Date.now() - request.sentAt > request.requestTimeout) request.timeoutRequest();
  if (!queue.isConnected()) queue.destroy();
};
