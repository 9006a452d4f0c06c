interface Bucket {
  tokens: number;
  at: number;
}
/** Callers remembered at most; the longest unseen are forgotten first. */
const REMEMBERED = 10_000;

/** A bucket of tokens per caller: `perSecond` on average, twice that at once. */
export class RateLimit {
  private readonly buckets = new Map<string, Bucket>();

  /** @param perSecond 0: no limit */
  constructor(private readonly perSecond: number) {}

  /** @param now milliseconds */
  allows(caller: string, now: number): boolean {
    if (this.perSecond === 0) return true;
    const most = this.perSecond * 2;
    const known = this.buckets.get(caller) ?? { tokens: most, at: now };
    const tokens = Math.min(most, known.tokens + (Math.max(0, now - known.at) / 1000) * this.perSecond);
    this.buckets.delete(caller);
    this.buckets.set(caller, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
    if (this.buckets.size > REMEMBERED) this.buckets.delete(this.buckets.keys().next().value as string);
    return tokens >= 1;
  }
}
