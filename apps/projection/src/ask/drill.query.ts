import { EVERYONE } from '#contracts';
import { defineQuery } from '#service-kit';
import { toldOf } from './answer.js';
import { countedPage, leftOutPage } from './drill.js';
import { DrillInput } from './input.js';
import { reopened } from './question.js';
import { readToken } from './token.js';

/** 下钻: what a figure counted and what it left out, subject by subject, each with its facts and their events. */
export const drill = defineQuery({
  name: 'drill',
  title: { zh: '下钻', en: 'Open a figure' },
  input: DrillInput,
  example: { token: 'WyJiYXNlLWFyZWEiLDEsIiIsbnVsbCxudWxsLDE5MTkxLG51bGxd', list: 'counted' as const },
  may: { roles: EVERYONE },
  run: async (context) => {
    const { token, list = 'counted', after, limit = 50 } = context.input;
    const question = await reopened(context, readToken(token));
    const page = list === 'counted' ? await countedPage(question, { after, limit }) : await leftOutPage(question, { after, limit });
    return { ...toldOf(question), list, ...page };
  },
});
