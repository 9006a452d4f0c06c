/** Control characters but tab and line ends: no store of text takes them all, and nobody types them. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

const storable = (text: string): boolean => text.isWellFormed() && !CONTROL.test(text);

/**
 * Paths of the texts below `value` that cannot be kept: a half of a surrogate pair, a control character. An event that holds one
 * would be recorded and then stop every view that reads it.
 */
export const illFormed = (value: unknown, path = ''): string[] => {
  if (typeof value === 'string') return storable(value) ? [] : [path];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one, index) => illFormed(one, `${path}[${index}]`));
  return Object.entries(value).flatMap(([name, one]) => illFormed(one, path ? `${path}.${name}` : name));
};
