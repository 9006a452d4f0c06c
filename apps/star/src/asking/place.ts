import { Problem } from '#service-kit';
import type { Ask } from '../scoring/figures.js';

interface Region {
  readonly id: string;
  readonly level: string;
}

/** The region that a code (former ones too), an id, a name or `town/name` means, as the projection finds it. @throws Problem when none, or several */
export const regionOf = async (ask: Ask, region: string, asOf: string): Promise<Region> => {
  const answer = await ask<{ region: Region }>('projection', '/regions', { region, asOf });
  return answer.region;
};

/** The id of a village or community. @throws Problem for anything else */
export const villageOf = async (ask: Ask, village: string, asOf: string): Promise<string> => {
  const { id, level } = await regionOf(ask, village, asOf);
  if (level === 'VILLAGE') return id;
  throw new Problem('malformed', { errors: [{ field: 'village', rule: 'level', text: { zh: `${village} 不是村或社区。`, en: `${village} is no village or community.` } }] });
};
