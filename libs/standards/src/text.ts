/** Full-width letters, digits and signs become ordinary ones, and every kind of space is removed. */
export const normalise = (text: string): string => text.normalize('NFKC').replace(/[\s\u200b\ufeff]/g, '');
