import type { Finding } from '../sheet/kind.js';
import type { Change } from './verdict.js';

const NONE: readonly never[] = [];

/** What is kept of each row until the last one was read: a number, a key, an amount; findings and changes only where there are some. */
export class Ledger {
  readonly rows: number[] = [];
  readonly keys: string[] = [];
  readonly aparts: string[] = [];
  readonly known: boolean[] = [];
  private readonly errors = new Set<number>();
  private readonly findings = new Map<number, Finding[]>();
  private readonly changes = new Map<number, readonly Change[]>();

  constructor(private readonly isError: (code: string) => boolean) {}

  find(row: number, found: readonly Finding[]): void {
    if (found.length === 0) return;
    const before = this.findings.get(row);
    if (before) before.push(...found);
    else this.findings.set(row, [...found]);
    if (found.some(({ code }) => this.isError(code))) this.errors.add(row);
  }
  change(row: number, changes: readonly Change[]): void {
    if (changes.length > 0) this.changes.set(row, changes);
  }
  hasError(row: number): boolean {
    return this.errors.has(row);
  }
  findingsOf(row: number): readonly Finding[] {
    return this.findings.get(row) ?? NONE;
  }
  changesOf(row: number): readonly Change[] {
    return this.changes.get(row) ?? NONE;
  }
}
