import type { Worker } from '#service-kit';
import { noticeWhatMoved } from './notice.js';
import { scoreTheQueue } from './rescore.js';

/** 重新评星: when a figure, a value or a sheet moves, or a dated line comes due, the result follows by itself. */
export const scoreVillagesWhoseFiguresMoved: Worker = {
  name: 'score-villages-whose-figures-moved',
  everyMs: 1000,
  work: async (context) => {
    await noticeWhatMoved(context);
    await scoreTheQueue(context);
  },
};
