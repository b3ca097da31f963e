// An officer's session. Its token lies in a cookie that no script reads; this page knows that a session exists, whose it is
// and until when, so that it goes on without a network. Leaving, here or in another tab, clears the page by loading it anew.

import { call } from './api.js';
import { steps } from './langkah.js';
import { busy, byId, formErrors, notice, tell, words } from './page.js';
import { moment } from './waktu.js';

const KNOWN = 'berkas.petugas'; // in local storage: {me, until}
const SAID = 'berkas.pesan'; // in session storage, over one loading: [kind, text, hint]
const QUIET = 30 * 60_000; // milliseconds after which a desk that nobody touches is left

function known() {
  try {
    const held = JSON.parse(localStorage.getItem(KNOWN));
    return held && Date.parse(held.until) > Date.now() ? held : null;
  } catch (error) {
    console.warn('what was known of the session cannot be read', error.name);
    return null;
  }
}

/** This browser knows of no session any more; other tabs hear of it and clear themselves. */
export const signedOut = () => localStorage.removeItem(KNOWN);

/** Nothing of what was shown stays: not in the page, not in its variables, not behind the back button. `stay`: at the same
 *  place, for who signs in again. */
function anew(kind, text, hint = '', { stay = false } = {}) {
  signedOut();
  sessionStorage.setItem(SAID, JSON.stringify([kind, text, hint]));
  byId('inside').hidden = true;
  if (!stay) history.replaceState(null, '', location.pathname + location.search);
  location.reload();
}

/** Leaves: the session ends at the server, the cookie goes, the page begins anew. */
async function leave(kind, text) {
  await call('POST', 'session/end', { tries: 1 });
  anew(kind, text);
}

/** Binds sign-in and sign-out of the page. `onIn(me)` runs once signed in. Gives {call}: calls that end with the session. */
export function session(onIn) {
  let inside = false;
  let touched = Date.now();

  function show(me) {
    inside = Boolean(me);
    byId('sign-in').hidden = inside;
    byId('inside').hidden = !inside;
    byId('officer').hidden = !inside;
    byId('loading').hidden = true;
    if (!me) return;
    for (const door of document.querySelectorAll('[data-may]')) door.hidden = !me.may.includes(door.dataset.may);
    byId('officer-name').textContent = me.name;
    byId('officer-role').textContent = me.mandates
      .map((held) => [held.role_label, ...held.regions.map((region) => region.name)].join(', '))
      .join('; ');
  }

  async function guarded(method, path, options = {}) {
    try {
      return await call(method, path, options);
    } catch (error) {
      const over = error.status === 401 || error.code === 'LAYAR_KIOS'; // another tab made this browser a kiosk
      if (over) anew('warning', error.message, error.hint, { stay: true });
      throw error;
    }
  }

  async function enter(me) {
    show(me);
    touched = Date.now();
    await onIn(me);
  }

  async function begin(made) {
    try {
      await call('GET', 'me'); // a browser that refuses our cookie has signed nobody in
    } catch (error) {
      if (error.status !== 401) throw error;
      notice(byId('sign-in-notice'), 'warning', words('kue_ditolak'));
      return;
    }
    localStorage.setItem(KNOWN, JSON.stringify({ me: made.officer, until: made.expires_at }));
    await enter(made.officer);
  }

  for (const act of ['pointerdown', 'keydown']) {
    window.addEventListener(act, () => {
      touched = Date.now();
    });
  }
  setInterval(() => {
    if (!inside || Date.now() - touched < QUIET) return;
    inside = false;
    leave('info', words('lama_diam')).catch((error) => {
      console.warn('left without the server', error.name);
      anew('info', words('lama_diam'));
    });
  }, 15_000);
  window.addEventListener('storage', (event) => {
    if (!inside || event.key !== KNOWN) return;
    if (event.newValue) location.reload(); // somebody has signed in anew, in another tab: maybe somebody else
    else anew('info', words('sudah_keluar'));
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && inside && !known()) anew('info', words('sudah_keluar'));
  });

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
  byId('sign-out').addEventListener('click', () => {
    busy(byId('sign-out'), async () => {
      try {
        await leave('ok', words('sudah_keluar'));
      } catch (error) {
        if (error.status === 0) notice(byId('officer-notice'), 'warning', words('keluar_tertunda'));
        else tell(byId('officer-notice'), error);
      }
    });
  });

  /** Goes on with the session of this browser, or asks to sign in. Without a network: as who was signed in, while it lasts. */
  async function resume() {
    const said = JSON.parse(sessionStorage.getItem(SAID) ?? 'null');
    sessionStorage.removeItem(SAID);
    if (said) notice(byId('sign-in-notice'), ...said);
    const held = known();
    if (!held) {
      show(null);
      return;
    }
    try {
      await enter(await call('GET', 'me', { tries: 1 }));
    } catch (error) {
      if (error.status === 0) {
        await enter(held.me);
        notice(byId('officer-notice'), 'info', words('tanpa_jaringan', { jam: moment(held.until) }));
        return;
      }
      if (error.status === 401 || error.code === 'LAYAR_KIOS') signedOut();
      show(null);
      tell(byId('sign-in-notice'), error, error.status === 401 ? 'warning' : 'error');
    }
  }
  return { call: guarded, resume };
}
