// On another phone: a draft that was begun elsewhere, found by its number and secret, with its photos and its answers.

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
