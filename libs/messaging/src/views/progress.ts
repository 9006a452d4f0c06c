import type { FeedPosition } from '../feed.js';
import { Bell } from '../waiting.js';
import type { LaneStatus } from './hosted.js';

interface Lane {
  position: number;
  completeTo: number | null;
  behind: number;
}
const keyOf = (service: string, lane: number): string => `${service}:${lane}`;

/** How far one generation has come, lane by lane: what its checkpoint rows say, and since when idle lanes are known to be complete. */
export class Progress {
  private readonly lanes = new Map<string, Lane>();
  private readonly counts = new Map<string, number>();
  private readonly bell = new Bell();
  private highest = 0;

  constructor(private readonly services: readonly string[]) {}

  /** Never goes back: an older row or frontier changes nothing. */
  note(service: string, lane: number, seen: { position: number; completeTo: number | null; behind?: number }): void {
    const known = this.lanes.get(keyOf(service, lane)) ?? { position: 0, completeTo: null, behind: 0 };
    const completeTo = seen.completeTo === null ? known.completeTo : Math.max(seen.completeTo, known.completeTo ?? 0);
    this.lanes.set(keyOf(service, lane), { position: Math.max(seen.position, known.position), completeTo, behind: seen.behind ?? known.behind });
    this.bell.ring();
  }

  count(service: string, lanes: number): void {
    // Kept before the added lanes, of which nothing is known yet, count.
    this.highest = this.watermark;
    this.counts.set(service, lanes);
    for (let lane = 0; lane < lanes; lane += 1) this.note(service, lane, { position: 0, completeTo: null });
  }

  private position(service: string, lane: number): number {
    return this.lanes.get(keyOf(service, lane))?.position ?? 0;
  }

  /**
   * Smallest `completeTo` of all lanes, less the millisecond in which an event may still come; 0 while a lane is unknown. A lane
   * that is added does not take it back: what is recorded there is newer.
   */
  get watermark(): number {
    if (this.services.some((service) => !this.counts.has(service))) return 0;
    const times = [...this.lanes.values()].map(({ completeTo }) => completeTo ?? 0);
    return Math.max(this.highest, Math.min(...times) - 1);
  }

  list(): LaneStatus[] {
    return [...this.lanes]
      .map(([key, lane]) => ({ service: key.slice(0, key.lastIndexOf(':')), lane: Number(key.slice(key.lastIndexOf(':') + 1)), ...lane }))
      .sort((a, b) => a.service.localeCompare(b.service) || a.lane - b.lane);
  }

  /** Whether these places are in; those of services that are not read count as reached. */
  has(at: readonly FeedPosition[]): boolean {
    return at.every(({ service, lane, position }) => !this.services.includes(service) || this.position(service, lane) >= position);
  }

  get heard(): number {
    return this.bell.count;
  }

  changed(heard: number, ms: number): Promise<void> {
    return this.bell.wait(heard, ms);
  }
}
