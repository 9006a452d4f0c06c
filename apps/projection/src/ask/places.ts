import { noSuchRegion, severalRegions } from './refusals.js';
import type { Tree, Unit } from './tree.js';

const pathOf = (tree: Tree, id: string, day: number): string => {
  const unit = tree.known(id, day);
  const town = unit?.parentId ? tree.known(unit.parentId, day) : undefined;
  return `${town ? `${town.name}/` : ''}${unit?.name ?? id} (${unit?.code ?? '–'})`;
};

/** `送庄镇/送庄社区` tells which of two; a code or an id stands alone. */
const candidates = (tree: Tree, text: string, day: number): readonly string[] => {
  const [first = '', ...rest] = text.split('/');
  const [name, towns] = rest.length > 0 ? [rest.join('/'), tree.find(first, day)] : [first, null];
  const found = tree.find(name, day);
  return towns === null ? found : found.filter((id) => towns.some((town) => tree.known(id, day)?.parentId === town));
};

/** The unit that a code, an id or a name means. @throws Problem when there is none, or several */
export const regionOf = (tree: Tree, text: string, day: number): Unit => {
  const found = candidates(tree, text, day);
  if (found.length > 1) throw severalRegions(text, found.map((id) => pathOf(tree, id, day)));
  const unit = found[0] === undefined ? undefined : tree.known(found[0], day);
  if (!unit) throw noSuchRegion(text);
  return unit;
};
