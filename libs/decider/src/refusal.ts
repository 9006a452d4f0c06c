/** Both languages of everything a person may read. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** A rule said no. A value, never thrown: `code` is one of the closed set its command declares. */
export interface Refusal<C extends string = string> {
  readonly refused: true;
  readonly code: C;
  /** Filled into the `{name}` places of the code's text; never personal data. */
  readonly details: Readonly<Record<string, string | number>>;
}

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true;

export const refusal = <C extends string>(code: C, details: Refusal['details'] = {}): Refusal<C> => ({ refused: true, code, details });

/** `'已绑定 {cooperative}'` with `{cooperative: '测试01合作社'}` → `'已绑定 测试01合作社'` */
export const fill = (template: string, details: Refusal['details']): string =>
  template.replace(/\{(\w+)\}/g, (place, name: string) => String(details[name] ?? place));
