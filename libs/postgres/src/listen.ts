import pg from 'pg';

const PAUSE_MS = 500;

/** Keeps one listening connection alive; a notice may be missed while it is away, so `onNotify('')` follows each reconnection. */
export const listenOn = async (url: string, channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>> => {
  let stopped = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const again = () => {
    if (stopped || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      open().then(() => onNotify(''), again);
    }, PAUSE_MS);
    timer.unref();
  };

  const open = async () => {
    const fresh = new pg.Client({ connectionString: url, application_name: `listen ${channel}` });
    fresh.on('notification', (notice) => onNotify(notice.payload ?? ''));
    fresh.on('error', () => undefined);
    await fresh.connect();
    await fresh.query(`listen ${pg.escapeIdentifier(channel)}`);
    fresh.on('end', again);
    client = fresh;
    if (stopped) await fresh.end();
  };

  await open();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
};
