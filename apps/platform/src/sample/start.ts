import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, type Running } from '#service-kit';
import { services } from '../services.js';
import { ACCEPTANCE, addressOf, EXPECTED, STARS } from './expected.js';
import { DrivenClock, tell } from './load.js';
import { songzhuangStory } from './story.js';

/** A directory of its own, below the data directory: the set is a story of 2022 and must not mix with what users enter. */
const DIRECTORY = 'sample';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** On a terminal the line is written over; elsewhere each tenth has its own. */
const progressTo = (all: number): ((done: number) => void) => {
  let told = 0;
  return (done) => {
    if (process.stdout.isTTY) process.stdout.write(`\r载入送庄镇示例 / loading the sample: ${done} / ${all}`);
    else if (done - told >= all / 10) say(`载入送庄镇示例 / loading the sample: ${(told = done)} / ${all}`);
  };
};

const load = async (world: Running, clock: DrivenClock): Promise<string[]> => {
  const story = songzhuangStory();
  const all = story.reduce((sum, { told }) => sum + told.length, 0);
  const begun = Date.now();
  const at = await tell(story, clock, () => world, progressTo(all));
  say(`\n送庄镇示例:${all} 条命令 / commands, ${Math.round((Date.now() - begun) / 1000)} s`);
  return at;
};

/** Asks until the projection has seen everything that was told. */
interface Answer {
  value?: number;
  percent?: string;
  total?: number;
  items?: { name: string }[];
}
const ask = async (world: Running, url: string, at: readonly string[]): Promise<Answer> => {
  for (;;) {
    const answer = await world.inject({ method: 'GET', url: encodeURI(`${url}${at.map((head) => `&at=${head}`).join('')}`), headers: { authorization: `Bearer ${world.tokens.analyst}` } });
    if (answer.status === 200) return answer.body as Answer;
    if (answer.status !== 503) throw new Error(`${url}: ${JSON.stringify(answer.body)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
};

const table = async (world: Running, at: readonly string[]): Promise<void> => {
  say(`\n送庄镇,截至 ${ACCEPTANCE.asOf}(合成数据)/ as of that day, synthetic data\n`);
  for (const { label, ask: question, value, show } of EXPECTED) {
    const address = addressOf(question);
    const answer = await ask(world, address, at);
    const counted = answer.percent ?? answer.value ?? '';
    say(`  ${counted === value ? '✓' : '✗'} ${show(counted).padEnd(14)} ${label.zh} / ${label.en}\n      ${world.url}${encodeURI(address)}`);
  }
  const { total, items = [] } = await ask(world, STARS.address, at);
  say(`  ${total === STARS.count ? '✓' : '✗'} ${`${total} 颗`.padEnd(14)} 产业兴旺星村 / villages with the industry star\n      ${items.map(({ name }) => name).join('、')}\n      ${world.url}${STARS.address}`);
  say(`\n用分析员令牌打开链接 / open a link with the analyst's token:\n  curl -H "authorization: Bearer ${world.tokens.analyst}" "<link>"\n`);
};

/** Runs everything on the 送庄镇 set, telling its story first if it was not told yet. */
export const startSample = async (): Promise<Running> => {
  const clock = new DrivenClock();
  const world = await run(services, { clock, own: DIRECTORY, allowTestId: true, rateLimit: 0, patienceMs: 10_000 });
  const marker = join(world.dataDir, 'told');
  const told = existsSync(marker);
  if (told) clock.release();
  try {
    await table(world, told ? [] : await load(world, clock));
  } catch (error) {
    // Stopped in the middle: the next start tells the rest.
    if (world.stopping) return world;
    throw error;
  }
  writeFileSync(marker, new Date().toISOString());
  clock.release();
  return world;
};
