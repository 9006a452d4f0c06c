import { get, post } from '#service-kit';
import { publishStandardSheet } from './publish-standard-sheet.js';
import { listSheets } from './standard-sheets.view.js';

export const sheetRoutes = [get('/sheets', listSheets), post('/sheets', publishStandardSheet)];
