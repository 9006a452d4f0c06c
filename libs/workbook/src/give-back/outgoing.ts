import type { PackageReader } from '../package/read-package.js';
import type { PackageWriter } from '../package/write-package.js';

export type Content = string | (() => string | AsyncIterable<Buffer>);

/** What a package becomes: parts replaced, added and left out; all others are copied as they lie, compressed. */
export class Outgoing {
  readonly #changed = new Map<string, Content>();
  readonly #last = new Map<string, Content>();
  readonly removed = new Set<string>();

  set(part: string, content: Content): void {
    this.#changed.set(part, content);
  }

  /** A part that can be made only when the others have been written; these go out in the order given. */
  setLast(part: string, content: Content): void {
    this.#last.set(part, content);
  }

  async write(source: PackageReader, to: PackageWriter): Promise<void> {
    for (const [name, entry] of source.parts) {
      if (this.removed.has(name) || this.#last.has(name)) continue;
      const content = this.#changed.get(name);
      this.#changed.delete(name);
      if (content === undefined) await to.copy(entry, await source.stream(name, { compressed: true }));
      else await this.#put(to, name, content);
    }
    for (const [name, content] of this.#changed) await this.#put(to, name, content);
    for (const [name, content] of this.#last) await this.#put(to, name, content);
    await to.close();
  }

  async #put(to: PackageWriter, name: string, content: Content): Promise<void> {
    const made = typeof content === 'string' ? content : content();
    await (typeof made === 'string' ? to.text(name, made) : to.stream(name, made));
  }
}
