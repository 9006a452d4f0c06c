import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

let quiet = false;

/**
 * kafkajs 2.2.4 re-arms a timer of about a millisecond on every connection, for ever, even when nothing waits to be sent
 * (about 5 % of a core in an idle process, and `TimeoutNegativeWarning` on Node 24). With nothing pending there is nothing to
 * check: whoever adds a request arms the timer then.
 */
export const quietIdleTimers = (): void => {
  if (quiet) return;
  quiet = true;
  const prototype = RequestQueue.prototype;
  const arm = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function whenPending() {
    if (this.pending.length > 0) arm.call(this);
  };
};
