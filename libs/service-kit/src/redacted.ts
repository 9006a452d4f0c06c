/** A name is written in Han characters, and our own words in the log are not. */
const HAN = /\p{Script=Han}+/gu;
/** Not within a trace id. */
const IDENTITY_NUMBER = /(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])/g;
const PHONE = /(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])/g;

/** A line of the log without what a message of the database or of a parser may quote: names, identity numbers, phones. */
export const redacted = (line: string): string => line.replace(HAN, '…').replace(IDENTITY_NUMBER, '…').replace(PHONE, '…');
