/** 白鹿庄村村民委员会 → 白鹿庄村, 送庄社区居民委员会 → 送庄社区 */
export const shortName = (name: string): string => name.trim().replace(/(村民|居民)委员会$/, '');

/** What a name is compared by: the place itself, without the kind of unit. 白鹿庄村 and 白鹿庄 are the same, 送庄社区 and 送庄村 are not. */
export const nameKey = (name: string): string => shortName(name).replace(/村$/, '');

/** {@link nameKey} of a column, in SQL. */
export const nameKeySql = (column: string): string => `regexp_replace(regexp_replace(${column}, '(村民|居民)委员会$', ''), '村$', '')`;
