import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What personal data is sealed with. Another suite can take its place; texts sealed by an older one name it. */
export interface CryptoSuite {
  /** First part of every text it sealed. */
  readonly name: string;
  /** 48 bytes. */
  newKey(): Buffer;
  /** @param about what the text belongs to: a sealed text moved elsewhere does not open */
  seal(key: Buffer, clear: string, about: string): string;
  /** @throws when the key is another one, or the text was changed or moved */
  open(key: Buffer, sealed: string, about: string): string;
  /** Keyed hash for equality search: 64 hexadecimal digits. */
  hash(key: Buffer, text: string): string;
}

/** A key is two: 16 bytes for the cipher, the rest for the seal. */
const SPLIT = 16;
const cipherKey = (key: Buffer): Buffer => key.subarray(0, SPLIT);
/** `about` comes last, after parts whose lengths are fixed or given, so no two different inputs read the same. */
const sealOf = (key: Buffer, about: string, iv: Buffer, body: Buffer): Buffer =>
  createHmac('sm3', key.subarray(SPLIT)).update(Buffer.concat([iv, Buffer.from(`${body.length}:`), body, Buffer.from(about)])).digest();

/** 国密: SM4-CTR (GB/T 32907), then HMAC-SM3 (GB/T 32905) over all of it. */
export const sm: CryptoSuite = {
  name: 'sm1',
  newKey: () => randomBytes(48),
  seal: (key, clear, about) => {
    const iv = randomBytes(16);
    const cipher = createCipheriv('sm4-ctr', cipherKey(key), iv);
    const body = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()]);
    return [iv, body, sealOf(key, about, iv, body)].map((part) => part.toString('base64url')).join('.');
  },
  open: (key, sealed, about) => {
    const [iv, body, seal] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
    if (!iv || !body || !seal) throw new Error('not a sealed text');
    const expected = sealOf(key, about, iv, body);
    if (seal.length !== expected.length || !timingSafeEqual(seal, expected)) throw new Error('the seal is broken');
    const decipher = createDecipheriv('sm4-ctr', cipherKey(key), iv);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  },
  hash: (key, text) => createHmac('sm3', key).update(text).digest('hex'),
};
