// "Lanjutkan di HP lain": the number, the secret and a code by which another phone goes on with this draft.

import { call } from './api.js';
import { byId, words } from './page.js';

/** Fills the part for a draft; without a case number it says that one comes with the line. */
export async function showHandover(draft) {
  const begun = Boolean(draft.case_number);
  byId('hand-none').hidden = begun;
  byId('hand-there').hidden = !begun;
  if (!begun) return;
  byId('hand-number').textContent = draft.case_number;
  byId('hand-secret').textContent = draft.secret;
  const code = byId('hand-code');
  if (code.dataset.of === draft.case_number) return;
  code.hidden = true;
  try {
    const path = `usulan/${encodeURIComponent(draft.case_number)}/handover`;
    const { svg } = await call('GET', path, { secret: draft.secret, tries: 0, quiet: true });
    code.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    code.alt = words('barkot_lanjut');
    code.dataset.of = draft.case_number;
    code.hidden = false;
  } catch (error) {
    if (error.status) console.info('no code', error.status); // number and secret do without it
  }
}
