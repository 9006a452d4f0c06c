import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';

/** One for the cipher, one for the seal; as objects, since Node looks at raw bytes anew whenever they are used, which takes longer than using them. */
export interface SealingKey {
  readonly cipher: KeyObject;
  readonly seal: KeyObject;
}

/** What personal data is sealed with. Another suite can take its place; texts sealed by an older one name it. */
export interface CryptoSuite {
  /** First part of every text it sealed. */
  readonly name: string;
  /** 48 bytes. */
  newKey(): Buffer;
  /** @param bytes as `newKey` makes them */
  keyOf(bytes: Buffer): SealingKey;
  /** @param about what the text belongs to: a sealed text moved elsewhere does not open */
  seal(key: SealingKey, clear: string, about: string): string;
  /** @throws when the key is another one, or the text was changed or moved */
  open(key: SealingKey, sealed: string, about: string): string;
  /** Keyed hash for equality search: 64 hexadecimal digits. */
  hash(key: KeyObject, text: string): string;
}

/** 16 bytes for the cipher, the rest for the seal. */
const SPLIT = 16;
/** `about` comes last, after parts whose lengths are fixed or given, so no two different inputs read the same. */
const sealOf = (key: KeyObject, about: string, iv: Buffer, body: Buffer): Buffer =>
  createHmac('sm3', key).update(Buffer.concat([iv, Buffer.from(`${body.length}:`), body, Buffer.from(about)])).digest();

/** 国密: SM4-CTR (GB/T 32907), then HMAC-SM3 (GB/T 32905) over all of it. */
export const sm: CryptoSuite = {
  name: 'sm1',
  newKey: () => randomBytes(48),
  keyOf: (bytes) => ({ cipher: createSecretKey(bytes.subarray(0, SPLIT)), seal: createSecretKey(bytes.subarray(SPLIT)) }),
  seal: (key, clear, about) => {
    const iv = randomBytes(16);
    const cipher = createCipheriv('sm4-ctr', key.cipher, iv);
    const body = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()]);
    return [iv, body, sealOf(key.seal, about, iv, body)].map((part) => part.toString('base64url')).join('.');
  },
  open: (key, sealed, about) => {
    const [iv, body, seal] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
    if (!iv || !body || !seal) throw new Error('not a sealed text');
    const expected = sealOf(key.seal, about, iv, body);
    if (seal.length !== expected.length || !timingSafeEqual(seal, expected)) throw new Error('the seal is broken');
    const decipher = createDecipheriv('sm4-ctr', key.cipher, iv);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  },
  hash: (key, text) => createHmac('sm3', key).update(text).digest('hex'),
};
