/** The map kept under a key, made when it is first asked for. */
export const within = <K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> => {
  let found = maps.get(key);
  if (!found) maps.set(key, (found = new Map<L, V>()));
  return found;
};
