import { randomBytes } from 'node:crypto';

/** W3C trace context of one request. */
export interface Trace {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** Names this process's span as the parent of what follows. */
  readonly traceparent: string;
}
const HEADER = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;

/** Goes on with the caller's trace, or begins one. */
export const traceFrom = (header: string | undefined): Trace => {
  const [, given, flags = '01'] = HEADER.exec(header ?? '') ?? [];
  const traceId = given ?? randomBytes(16).toString('hex');
  return { traceId, traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}` };
};

export const traceIdOf = (traceparent: string | undefined): string | undefined => HEADER.exec(traceparent ?? '')?.[1];
