import type { Feed, FeedHandler } from './feed.js';

export interface NearFirstOptions {
  /** Reads event tables in reach of this process. */
  readonly near: Feed;
  readonly far: Feed;
  readonly isNear: (service: string) => boolean;
}

/**
 * Reads what services of this process have said from their own tables, and everything else from afar: a service knows what it has
 * said itself while the broker is away, so commands that rest on it go on.
 */
export const nearFirst = ({ near, far, isNear }: NearFirstOptions): Feed => ({
  attach: async (handler) => {
    const split = [[near, handler.services.filter(isNear)], [far, handler.services.filter((service) => !isNear(service))]] as const;
    const attachments = await Promise.all(split.filter(([, services]) => services.length > 0).map(([feed, services]) => feed.attach(part(handler, services))));
    return { close: async () => void (await Promise.all(attachments.map((attachment) => attachment.close()))) };
  },
  close: async () => void (await Promise.all([near.close(), far.close()])),
});

const part = (handler: FeedHandler, services: readonly string[]): FeedHandler => ({
  group: handler.group,
  services,
  checkpoint: (...asked) => handler.checkpoint(...asked),
  onBatch: (batch) => handler.onBatch(batch),
  onLanes: async (...told) => handler.onLanes?.(...told),
});
