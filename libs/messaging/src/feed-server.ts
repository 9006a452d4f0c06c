import { BaseRpcContext, type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { Attachment, Feed, FeedBatch, FeedHandler } from './feed.js';

/** Second argument of `@EventPattern<string>(group, …)` on a method that takes whole {@link FeedBatch}es. */
export type FeedPattern = Pick<FeedHandler, 'services' | 'checkpoint' | 'onLanes'>;

/** The context of a delivery; the one argument is the reader's group. */
class FeedContext extends BaseRpcContext<[string]> {}

/**
 * The one door by which a service consumes, over either feed: a Nest transport whose `@EventPattern` handlers take whole
 * batches, and a {@link Feed} for readers that come and go while it listens. A handler that fails is given the batch again.
 */
export class FeedServer extends Server implements CustomTransportStrategy, Feed {
  override readonly transportId = Symbol.for('feed');
  /** The feed itself is told of a failure, and delivers again. */
  override readonly propagatesEventHandlerErrors = true;
  private readonly attachments = new Map<string, Attachment>();
  private listening = false;

  constructor(private readonly feed: Feed) {
    super();
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      this.listening = true;
      for (const [group, handler] of this.messageHandlers) await this.open(group, handler);
      callback();
    } catch (error) {
      callback(error);
    }
  }

  async attach(handler: FeedHandler): Promise<Attachment> {
    const { group, services } = handler;
    if (this.messageHandlers.has(group)) throw new Error(`${group} is read already`);
    const pattern: FeedPattern = {
      services,
      checkpoint: (service, lane) => handler.checkpoint(service, lane),
      onLanes: async (service, lanes) => handler.onLanes?.(service, lanes),
    };
    const onBatch: MessageHandler = async (batch: FeedBatch) => handler.onBatch(batch);
    this.addHandler(group, onBatch, true, { ...pattern });
    if (this.listening) await this.open(group, onBatch);
    return { close: () => this.shut(group) };
  }

  private async open(group: string, handler: MessageHandler): Promise<void> {
    const { services, checkpoint, onLanes } = (handler.extras ?? {}) as Partial<FeedPattern>;
    if (!services || !checkpoint) throw new Error(`@EventPattern('${group}') needs { services, checkpoint }`);
    const onBatch = (batch: FeedBatch): Promise<void> => this.deliver(group, handler, batch);
    this.attachments.set(group, await this.feed.attach({ group, services, checkpoint, onLanes, onBatch }));
  }

  private async deliver(group: string, handler: MessageHandler, batch: FeedBatch): Promise<void> {
    const context = new FeedContext([group]);
    // Nest's hooks are typed to return nothing: whether the batch was taken in is told by this promise, not by theirs.
    await new Promise<void>((resolve, reject) => {
      this.runWithProcessingHooks(context, async (ended) => {
        const taken = this.take(handler, batch, context);
        taken.then(resolve, reject);
        await taken.then(ended, ended);
      });
    });
  }

  private async take(handler: MessageHandler, batch: FeedBatch, context: FeedContext): Promise<void> {
    const result: unknown = await Promise.resolve(handler(batch, context));
    await lastValueFrom(this.transformToObservable(result), { defaultValue: undefined });
  }

  private async shut(group: string): Promise<void> {
    const attachment = this.attachments.get(group);
    this.attachments.delete(group);
    await attachment?.close();
    this.messageHandlers.delete(group);
  }

  async close(): Promise<void> {
    this.listening = false;
    await Promise.all([...this.attachments.keys()].map((group) => this.shut(group)));
    await this.feed.close();
  }

  on(): never {
    throw new Error('a feed has no events of its own; ask the view host for its status');
  }

  unwrap<T>(): T {
    return this.feed as T;
  }
}
