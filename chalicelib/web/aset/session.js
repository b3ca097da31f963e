// An officer's session: sign in, keep the token until the tab closes or nobody touches it for a while, sign out.

import { call } from './api.js';
import { steps } from './langkah.js';
import { busy, byId, formErrors, notice, tell, words } from './page.js';

const TOKEN = 'berkas.petugas';
const QUIET = 30 * 60_000; // milliseconds after which a desk that nobody touches is left

/** Binds sign-in and sign-out of the page. `onIn(me)` runs once signed in. Gives {call}: calls with the token. */
export function session(onIn) {
  let token = sessionStorage.getItem(TOKEN) ?? '';

  function show(me) {
    byId('sign-in').hidden = Boolean(me);
    byId('inside').hidden = !me;
    byId('officer').hidden = !me;
    byId('loading').hidden = true;
    if (!me) return;
    byId('officer-name').textContent = me.name;
    byId('officer-role').textContent = me.mandates
      .map((held) => [held.role_label, ...held.regions.map((region) => region.name)].join(', '))
      .join('; ');
  }

  function out() {
    token = '';
    sessionStorage.removeItem(TOKEN);
    show(null);
    byId('password').value = '';
  }

  async function withToken(method, path, options = {}) {
    try {
      return await call(method, path, { ...options, token });
    } catch (error) {
      if (error.status === 401) {
        out();
        notice(byId('sign-in-notice'), 'warning', error.message, error.hint);
      }
      throw error;
    }
  }

  async function enter(me) {
    show(me);
    touched = Date.now();
    await onIn(me);
  }

  async function begin(made) {
    token = made.token;
    sessionStorage.setItem(TOKEN, token);
    await enter(made.officer);
  }

  let touched = Date.now();
  for (const act of ['pointerdown', 'keydown']) {
    window.addEventListener(act, () => {
      touched = Date.now();
    });
  }
  setInterval(() => {
    if (!token || Date.now() - touched < QUIET) return;
    out();
    notice(byId('sign-in-notice'), 'info', words('lama_diam'));
  }, 15_000);

  const further = steps(begin, (error) => {
    if (error) tell(byId('sign-in-notice'), error);
    byId('username').focus();
  });

  byId('form-sign-in').addEventListener('submit', (event) => {
    event.preventDefault();
    const host = byId('sign-in-notice');
    const username = byId('username').value.trim();
    const password = byId('password').value;
    const errors = {
      ...(username ? {} : { username: words('nama_pengguna_kosong') }),
      ...(password ? {} : { password: words('kata_sandi_kosong') }),
    };
    formErrors(byId('form-sign-in'), host, errors);
    if (Object.keys(errors).length) return;
    busy(byId('sign-in-button'), async () => {
      try {
        const made = await call('POST', 'session', { body: { username, password } });
        byId('password').value = '';
        if (made.next) further.show(made.next);
        else await begin(made);
      } catch (error) {
        tell(host, error);
      }
    });
  });
  byId('sign-out').addEventListener('click', out);

  /** Goes on with the token this tab still holds, or asks to sign in. */
  async function resume() {
    if (!token) {
      show(null);
      return;
    }
    try {
      await enter(await withToken('GET', 'me'));
    } catch (error) {
      if (error.status === 401) return;
      show(null);
      tell(byId('sign-in-notice'), error);
    }
  }
  return { call: withToken, resume };
}
