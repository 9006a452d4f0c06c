/** Which methods which paths know: the router itself only says that there is no such pair. */
export class DoorList {
  private readonly doors = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  /** @param url a pattern: `/farmer/households/:householdId` */
  note(methods: readonly string[], url: string): void {
    const source = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))).join('/');
    const door = this.doors.get(url) ?? { pattern: new RegExp(`^${source}$`), methods: new Set() };
    for (const method of methods) door.methods.add(method);
    this.doors.set(url, door);
  }

  /** Empty where there is no such path. */
  methodsAt(url: string): string[] {
    const path = url.split('?')[0] ?? '';
    const methods = [...this.doors.values()].filter(({ pattern }) => pattern.test(path)).flatMap((door) => [...door.methods]);
    return methods.length > 0 ? [...new Set([...methods, 'OPTIONS'])].sort() : [];
  }
}
