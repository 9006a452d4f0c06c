import { createHash, createSecretKey, hkdfSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads a file of the data directory, or makes it; of two processes that start at once, one makes it and both read the same. */
export const readOrMake = (dir: string, name: string, make: () => string): { text: string; made: boolean } => {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, name);
  if (existsSync(file)) return { text: readFileSync(file, 'utf8'), made: false };
  // Not by the process's number: in containers that share the directory every process is number 1.
  const draft = join(dir, `.${name}.${randomUUID()}`);
  writeFileSync(draft, make(), { mode: 0o600 });
  try {
    // A link appears with its whole content, or not at all when another process was first.
    linkSync(draft, file);
    return { text: readFileSync(file, 'utf8'), made: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { text: readFileSync(file, 'utf8'), made: false };
  } finally {
    unlinkSync(draft);
  }
};

/** Keys by service and purpose, all derived from one: whoever keeps that one keeps them all. */
export class Secrets {
  private readonly master: Buffer;
  private readonly derived = new Map<string, KeyObject>();

  constructor(dataDir: string, given: Buffer | null) {
    this.master = given ?? Buffer.from(readOrMake(dataDir, 'master.key', () => randomBytes(32).toString('base64')).text, 'base64');
  }

  /** 32 bytes, the same for the same names. */
  of(service: string, name: string): KeyObject {
    const both = `${service}/${name}`;
    let key = this.derived.get(both);
    if (!key) this.derived.set(both, (key = createSecretKey(Buffer.from(hkdfSync('sha256', this.master, service, name, 32)))));
    return key;
  }
}

/** A UUID (version 8) that the same parts make again. */
export const uuidFrom = (...parts: readonly string[]): string => {
  const hash = createHash('sha256').update(parts.join('\u001f')).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** JSON with its keys in order: equal values have equal texts. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
