import type { AnyCommand, Order } from '#decider';
import { convertToCommunity } from './region/convert-to-community.js';
import { mengjinRegions } from './region/mengjin.js';
import { registerRegion } from './region/register-region.js';
import { renameRegion } from './region/rename-region.js';
import { transferRegion } from './region/transfer-region.js';

const CHANGES: Readonly<Record<string, AnyCommand>> = { rename: renameRegion, convert: convertToCommunity, transfer: transferRegion };

/** 孟津区 as a new system finds it: districts, then towns, then villages, then what changed. */
export const founding = (): Order[][] => {
  const orders = mengjinRegions().map(({ path, input }) => {
    const [, , , regionId, change = ''] = path.split('/');
    return { command: CHANGES[change] ?? registerRegion, input: { ...input, ...(regionId ? { regionId } : {}) }, level: (input as { level?: string }).level };
  });
  return ['DISTRICT', 'TOWN', 'VILLAGE', undefined].map((level) => orders.filter((order) => order.level === level).map(({ command, input }) => ({ command, input })));
};
