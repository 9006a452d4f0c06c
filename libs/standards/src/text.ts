const FULL_WIDTH = /[\uff01-\uff5e]/g;
/** Every kind of space, and the marks without width that are copied along with a number from chats and web pages. */
const UNSEEN = /[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

/** Most texts have nothing to change. */
const ORDINARY = /^[!-~\u4e00-\u9fff]*$/;

/**
 * Full-width letters, digits and signs become ordinary ones, and every kind of space is removed. Nothing else is changed: a raised
 * or circled digit stays what it is, and is then refused.
 */
export const normalise = (text: string): string =>
  ORDINARY.test(text) ? text : text.replace(FULL_WIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0)).replace(UNSEEN, '');

/** A number that a spreadsheet has turned into `4.1E+17`: its digits are lost. */
export const isRounded = (value: string): boolean => /^\d(\.\d+)?E\+?\d+$/i.test(value);
