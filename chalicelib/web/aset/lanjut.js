// On another phone: a draft that was begun elsewhere, found by its number and secret, with its photos and its answers.

import { call } from './api.js';
import { emptyDraft } from './draft.js';
import { busy, byId, formErrors, h, tell, words } from './page.js';
import { adopt } from './titip.js';

const STEPS = { ktp: 'ktp', kk: 'kk', rumah_depan: 'rumah' };
const ORDER = ['ktp', 'kk', 'rumah', 'tambahan', 'periksa', 'alamat', 'kirim'];
const CARRIED = 'berkas.lanjut'; // in session storage, from the status page: {number, secret}

/** What the status page of a draft brought along, taken out of its place. */
function carried() {
  const found = JSON.parse(sessionStorage.getItem(CARRIED) ?? 'null');
  sessionStorage.removeItem(CARRIED);
  return found;
}

/** The draft of this phone that goes on with the case as the server shows it: on the screen it was left on, else with the
 * first photo that is missing. */
export function draftOf(view, secret) {
  const draft = { ...emptyDraft(), target: view.target, case_number: view.case_number, secret };
  const passed = ORDER.indexOf(view.answers?.screen);
  for (const { slot, state } of view.slots) {
    // one that is on its way from the first phone counts where that phone has gone on; the sending asks for it once more
    const coming = state === 'waiting' && STEPS[slot] && passed > ORDER.indexOf(STEPS[slot]);
    if (coming || ['reading', 'read', 'failed'].includes(state)) draft.sent[slot] = new Date().toISOString();
  }
  if (view.answers) adopt(draft, view.answers);
  const missing = Object.keys(STEPS).find((slot) => !draft.sent[slot]);
  draft.step = draft.screen = view.answers?.screen ?? STEPS[missing] ?? 'periksa';
  return draft;
}

/** Binds the screen. `isBusy()` says whether another draft lies here; `onFound(draft, view)` goes on. Gives {enter(number)}. */
export function resuming(isBusy, onFound) {
  const form = byId('form-resume');
  const host = byId('resume-errors');

  async function find(number, secret) {
    try {
      const view = await call('GET', `usulan/${encodeURIComponent(number)}`, { secret });
      if (view.state === 'DRAF') {
        form.reset();
        onFound(draftOf(view, secret), view);
        return;
      }
      const body = tell(host, { name: 'ApiError', message: words('sudah_dari_lain'), hint: '' }, 'info');
      body.append(h('a', { href: `status?n=${encodeURIComponent(number)}` }, words('lihat_status')));
    } catch (error) {
      tell(host, error);
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const number = byId('resume-number').value.trim().toUpperCase();
    const secret = byId('resume-secret').value.trim().toUpperCase();
    const errors = {
      ...(number ? {} : { resume_number: words('NOMOR_KOSONG') }),
      ...(secret ? {} : { resume_secret: words('kode_kosong') }),
    };
    formErrors(form, host, errors);
    if (Object.keys(errors).length) return;
    if (isBusy() && !confirm(words('ganti_draf'))) return;
    busy(byId('resume-next'), () => find(number, secret));
  });

  return {
    enter(number) {
      const brought = carried();
      byId('resume-number').value = brought?.number ?? number ?? byId('resume-number').value;
      if (!brought) return;
      byId('resume-secret').value = brought.secret;
      form.requestSubmit();
    },
  };
}
