/** What a command answers, the first time and to every repetition. */
export interface CommandAnswer {
  readonly commandId: string;
  /** ISO instant; null when nothing was recorded because it was already so. */
  readonly recordedAt: string | null;
  /** Give these as `at=` to read what was written: `<service>:<lane>:<position>`. */
  readonly at: readonly string[];
  readonly streams: readonly { readonly stream: string; readonly version: number }[];
  /** Ids of what was written, by kind of stream. */
  readonly ids: Readonly<Record<string, string>>;
}
