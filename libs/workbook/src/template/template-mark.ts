import type { Sheet } from '../sheet/define-sheet.js';

/** How a template's title says what it was made from. */
export const templateMark = ({ name, version }: Pick<Sheet, 'name' | 'version'>): string => `模板 ${name}/${version}`;

/** The mark of the template a file was made from, as its titles say it: `member-roster/1`. */
export const templateSaid = (titles: readonly string[]): string | undefined => titles.flatMap((title) => /模板\s*([a-z][\w-]*\/\d+)/.exec(title)?.[1] ?? [])[0];
