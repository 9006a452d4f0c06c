import { serveWorker } from '#workbook';
import type { RosterRun } from './judge-roster.js';
import { reportRoster, type RosterOutputs } from './roster-report.js';

await serveWorker(({ run, outputs }: { run: RosterRun; outputs: RosterOutputs }, progress) => reportRoster(run, outputs, progress));
