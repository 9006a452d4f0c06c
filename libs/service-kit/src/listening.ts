import { createServer } from 'node:net';
import type { Config } from './config.js';

/** Listens for a moment: what would keep the doors shut is known before anything is started behind them. */
export const tryToListen = ({ port, host }: Config): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject).listen(port, host, () => probe.close(() => resolve()));
  });
