import { columnLetters } from '../package/cell-reference.js';
import type { PackageReader } from '../package/read-package.js';
import { patchComments } from './comments.js';
import type { Marks } from './marks.js';
import { blocksOf, patchVml } from './vml.js';
import { commentText } from './words.js';

const AUTHOR = '双绑核对';

/** What our comments say, by reference. */
const ours = ({ cells }: Marks): Map<string, string> => {
  const texts = new Map<string, string>();
  for (const [row, marks] of cells) {
    for (const [column, { reasons }] of marks) if (reasons.length > 0) texts.set(`${columnLetters(column)}${row}`, commentText(reasons));
  }
  return texts;
};

export interface CommentParts {
  readonly comments: string;
  readonly drawing: string;
  readonly count: number;
}

/**
 * The comments part and the drawing of its boxes as they are to be; null where there is nothing to say and nothing to take back.
 * @param there names of the parts the sheet has already, empty when it has none
 */
export const commentParts = async (source: PackageReader, there: { readonly comments: string; readonly drawing: string }, marks: Marks): Promise<CommentParts | null> => {
  const texts = ours(marks);
  if (texts.size === 0 && there.comments === '') return null;
  const before = there.comments ? await source.text(there.comments) : '';
  const { xml, removed, added } = patchComments(before, texts, AUTHOR);
  const taken: number[] = [];
  for (const part of source.parts.keys()) if (part.endsWith('.vml')) taken.push(...blocksOf(await source.text(part)));
  const drawing = there.drawing ? await source.text(there.drawing) : '';
  return { comments: xml, drawing: patchVml(drawing, { removed, added: added.map((reference) => [reference, texts.get(reference) ?? '']), taken }), count: texts.size };
};
