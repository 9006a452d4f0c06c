import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StandardSheet } from '#contracts';

type Proposal = Pick<StandardSheet, 'star' | 'version' | 'title' | 'criteria'> & { readonly validFrom: string };

/** The sheet of 2022 for 产业兴旺星, as a command to publish it: a proposal until somebody does. */
export const industrySheet2022 = (): Proposal =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../data/thriving-industry-2022.json'), 'utf8')) as Proposal;
