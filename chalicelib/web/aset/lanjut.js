// A draft goes on with another phone: what the one shows for it, and how the other finds it, with its photos and answers.

import { call } from './api.js';
import { busy, byId, formErrors, h, tell, words } from './page.js';
import { draftOf } from './sambung.js';

const CARRIED = 'berkas.lanjut'; // in session storage, from the status page: {number, secret}

/** What the status page of a draft brought along, taken out of its place. */
function carried() {
  const found = JSON.parse(sessionStorage.getItem(CARRIED) ?? 'null');
  sessionStorage.removeItem(CARRIED);
  return found;
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
