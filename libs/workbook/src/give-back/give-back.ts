import { PackageReader } from '../package/read-package.js';
import { PackageWriter } from '../package/write-package.js';
import { Returning } from './returning.js';
import { writeBeside } from './safe-output.js';
import type { GivenBack, ToGiveBack } from './told.js';

/**
 * The user's own workbook with what was found written into it: every part that is not changed is copied byte for byte, the sheet's own XML is
 * changed as it streams. The input stays as it is; the output is there whole or not at all.
 * @throws WouldOverwriteInput
 */
export const giveBack = async (told: ToGiveBack): Promise<GivenBack> => {
  const source = await PackageReader.open(told.input);
  try {
    const returning = await Returning.prepare(source, told);
    await writeBeside(told.input, told.output, (to) => returning.outgoing.write(source, new PackageWriter(to, 3)));
    return returning.said;
  } finally {
    source.close();
  }
};
