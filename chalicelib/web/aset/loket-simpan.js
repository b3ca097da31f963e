// The good rows of a list go to the server one by one, each under a name of its own: a lost line, a second tap or a new try
// saves nothing twice, and what has gone through stays.

import { newKey } from './api.js';
import { byId, notice, tell, words } from './page.js';

/** Saves the rows in their order; stops at a lost line or a limit and says how far it came. Marks each row it saved. */
export async function saveAll(desk, village, rows) {
  const progress = byId('list-progress');
  const state = byId('list-state');
  const host = byId('save-notice');
  let known = 0;
  notice(host);
  progress.max = rows.length;
  progress.value = 0;
  progress.hidden = false;
  for (const [place, row] of rows.entries()) {
    state.textContent = words('menyimpan', { n: place + 1, semua: rows.length });
    row.key ??= newKey();
    try {
      const body = { village: village.code, values: row.values };
      const made = await desk.call('POST', 'counter/list/saved', { body, key: row.key });
      row.saved = made.case_number;
      known += made.known ? 1 : 0;
    } catch (error) {
      if (!refused(row, error)) {
        tell(host, error, 'warning').append(words('simpan_berhenti', { n: place, semua: rows.length }));
        state.textContent = '';
        progress.hidden = true;
        return;
      }
    }
    progress.value = place + 1;
  }
  progress.hidden = true;
  state.textContent = '';
  const saved = rows.filter((row) => row.saved).length;
  notice(host, 'ok', words('simpan_selesai', { n: saved }), known ? words('simpan_sudah', { n: known }) : words('simpan_berikut'));
}

/** A row that the server does not take after all stands among the bad ones, with what was said. */
function refused(row, error) {
  const fields = Object.entries(error.fields ?? {});
  if (error.status !== 400 || !fields.length) return false;
  row.good = false;
  row.key = undefined;
  row.remarks = fields.map(([field, message]) => ({ field, message, hint: '', weight: 'stops', proposal: '' }));
  return true;
}
