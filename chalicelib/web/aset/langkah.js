// The steps of a sign-in after user name and password: a new password, an authenticator app, its code.

import { call } from './api.js';
import { busy, byId, formErrors, tell, words } from './page.js';

const OVER = new Set(['MASUK_LAMA', 'MASUK_DITOLAK', 'BELUM_MASUK', 'TIDAK_BERTUGAS']); // after these it begins anew
const asPicture = (svgText) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText)}`;

/** Binds the steps of the page. `onDone(made)` gets the session, `onLeft()` hears that it begins anew. Gives {show}. */
export function steps(onDone, onLeft) {
  const form = byId('form-step');
  const input = byId('answer');
  let now = null; // {wanted, handle, enrol}

  function leave() {
    now = null;
    form.hidden = true;
    byId('form-sign-in').hidden = false;
    byId('step-picture').removeAttribute('src');
    byId('step-secret').textContent = '';
    input.value = '';
  }

  function show(step) {
    now = step;
    const password = step.wanted === 'new_password';
    byId('form-sign-in').hidden = true;
    form.hidden = false;
    formErrors(form, byId('step-notice'), {});
    byId('step-heading').textContent = words(`judul_${step.wanted}`);
    byId('step-help').textContent = words(`jelas_${step.wanted}`);
    byId('step-label').textContent = words(password ? 'kata_sandi_baru' : 'kode_enam_angka');
    byId('step-enrol').hidden = !step.enrol;
    if (step.enrol) {
      byId('step-picture').src = asPicture(step.enrol.svg);
      byId('step-secret').textContent = step.enrol.secret;
    }
    byId('step-show').hidden = !password;
    byId('step-shown').checked = false;
    input.value = '';
    input.type = password ? 'password' : 'text';
    input.autocomplete = password ? 'new-password' : 'one-time-code';
    input.inputMode = password ? 'text' : 'numeric';
    byId('step-heading').focus();
  }

  byId('step-shown').addEventListener('change', () => {
    input.type = byId('step-shown').checked ? 'text' : 'password';
  });
  byId('step-back').addEventListener('click', () => {
    leave();
    onLeft();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const host = byId('step-notice');
    const answer = input.value;
    const fits = now.wanted === 'new_password' ? answer.length > 0 : /^\d{6}$/.test(answer.replace(/\s/g, ''));
    const empty = words(now.wanted === 'new_password' ? 'kata_sandi_kosong' : 'kode_kurang');
    formErrors(form, host, fits ? {} : { answer: empty });
    if (!fits) return;
    busy(byId('step-button'), async () => {
      try {
        const made = await call('POST', 'session/step', { body: { handle: now.handle, answer } });
        if (made.next) {
          show(made.next);
          return;
        }
        leave();
        await onDone(made);
      } catch (error) {
        input.value = '';
        if (OVER.has(error.code)) {
          leave();
          onLeft(error);
        } else if (Object.keys(error.fields ?? {}).length) formErrors(form, host, error.fields, error.message);
        else tell(host, error);
      }
    });
  });
  return { show };
}
