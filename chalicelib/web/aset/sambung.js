// A draft that lies with the server, joined again on this device: what was typed elsewhere, and which photos are there.

import { emptyDraft, saveDraft } from './draft.js';
import { PHOTOS, STEPS } from './urutan.js';

export const TYPED = ['nik', 'nama', 'nomor_kk', 'kode_wilayah', 'alamat', 'rt', 'rw'];
const screenOf = (slot) => Object.keys(PHOTOS).find((step) => PHOTOS[step] === slot);

/** What the person typed or chose; what was read stands with the photos. */
export const typed = ({ values, touched }) =>
  Object.fromEntries(TYPED.filter((name) => touched[name] && values[name]?.trim()).map((name) => [name, values[name].trim()]));

/** Takes over what another phone has saved. */
export function adopt(draft, answers) {
  for (const name of TYPED) {
    draft.touched[name] = name in answers.values;
    if (draft.touched[name]) draft.values[name] = answers.values[name];
  }
  if (answers.values.kode_wilayah) draft.region_label = answers.region_label ?? '';
  Object.assign(draft, { version: answers.version, saved: JSON.stringify(typed(draft)) });
  saveDraft(draft);
}

/** The draft of this phone that goes on with the case as the server shows it: on the screen it was left on, else with the
 * first photo that is missing. */
export function draftOf(view, secret) {
  const draft = { ...emptyDraft(), target: view.target, case_number: view.case_number, secret };
  const passed = STEPS.indexOf(view.answers?.screen);
  for (const { slot, state } of view.slots) {
    // one that is on its way from the first phone counts where that phone has gone on; the sending asks for it once more
    const coming = state === 'waiting' && screenOf(slot) && passed > STEPS.indexOf(screenOf(slot));
    if (coming || ['reading', 'read', 'failed'].includes(state)) draft.sent[slot] = new Date().toISOString();
  }
  if (view.answers) adopt(draft, view.answers);
  const missing = Object.keys(PHOTOS).find((step) => !draft.sent[PHOTOS[step]]);
  draft.step = draft.screen = view.answers?.screen ?? missing ?? 'periksa';
  return draft;
}
