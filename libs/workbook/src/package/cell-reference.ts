const letters: string[] = [''];

/** 1 → A, 27 → AA. */
export const columnLetters = (column: number): string => {
  for (let next = letters.length; next <= column; next += 1) letters.push((letters[Math.floor((next - 1) / 26)] ?? '') + String.fromCharCode(65 + ((next - 1) % 26)));
  return letters[column] ?? '';
};

/** The column of a reference such as `AB12`; 0 when there is none. */
export const columnOf = (reference: string): number => {
  let column = 0;
  for (let i = 0; i < reference.length; i += 1) {
    const code = reference.charCodeAt(i) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column;
};

/** Rows and columns from 1, both ends included. */
export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** `A3:P100`, with or without `$`; null for whole rows or columns. */
export const areaOf = (reference: string): Area | null => {
  const found = /^\$?([A-Za-z]+)\$?(\d+)(?::\$?([A-Za-z]+)\$?(\d+))?$/.exec(reference.trim());
  if (!found) return null;
  const [, left = '', top = '', right = left, bottom = top] = found;
  return { top: Number(top), left: columnOf(left), bottom: Number(bottom), right: columnOf(right) };
};

export const areaText = ({ top, left, bottom, right }: Area): string => `${columnLetters(left)}${top}:${columnLetters(right)}${bottom}`;
