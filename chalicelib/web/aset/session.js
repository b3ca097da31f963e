// An officer's session. Its token lies in a cookie that no script reads; this page knows that a session exists, whose it is
// and until when, so that it goes on without a network. Leaving, here or in another tab, clears the page by loading it anew.

import { call, newKey, strip } from './api.js';
import { steps } from './langkah.js';
import { busy, byId, formErrors, notice, tell, words } from './page.js';
import { offer } from './ulang.js';
import { moment } from './waktu.js';

const KNOWN = 'berkas.petugas'; // in local storage: {me, until}
const SAID = 'berkas.pesan'; // in session storage, over one loading: [kind, text, hint]
const OVER = 'BELUM_MASUK'; // the session's time is over; other refusals mean the person
const SECRETS = 'account/'; // what is sent there holds passwords, which no page keeps
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

/** Whether a form on the screen holds words that were not sent. */
function typed() {
  const fields = [...document.querySelectorAll('#inside form :is(input, textarea)')];
  return fields.some((one) => one.checkVisibility() && one.value !== one.defaultValue);
}

/** Binds sign-in and sign-out of the page. `onIn(me)` runs once signed in. Gives {call}: calls that end with the session. */
export function session(onIn) {
  let inside = null; // who, while somebody is in
  let gap = null; // {whom, at, from, over(), returned}: the session ended in the middle of work, and the page waits
  let touched = Date.now();

  function show(me) {
    inside = me;
    byId('sign-in').hidden = Boolean(me);
    byId('inside').hidden = !me;
    byId('officer').hidden = !me;
    byId('loading').hidden = true;
    if (!me) return;
    for (const door of document.querySelectorAll('[data-may]')) door.hidden = !me.may.includes(door.dataset.may);
    byId('officer-name').textContent = me.name;
    byId('officer-role').textContent = me.mandates
      .map((held) => [held.role_label, ...held.regions.map((region) => region.name)].join(', '))
      .join('; ');
  }

  async function guarded(method, path, options = {}) {
    const sent = { ...options, key: options.key ?? newKey() }; // one act, however often it goes
    try {
      return await call(method, path, sent);
    } catch (error) {
      const kiosk = error.code === 'LAYAR_KIOS'; // another tab made this browser a kiosk
      if (error.status !== 401 && !kiosk) throw error;
      const unsent = method === 'GET' ? typed() : !path.startsWith(SECRETS);
      if (error.code !== OVER || !(inside || gap) || !(gap || unsent)) {
        anew('warning', error.message, error.hint, { stay: true });
        throw error;
      }
      await wait(error);
      return guarded(method, path, sent);
    }
  }

  /** The page stays as it is, hidden, until the same officer is in again: what was typed is kept in its fields alone, and what
   *  was being sent goes then. Half an hour at most; for anybody else the page begins anew. Decision 0025. */
  function wait(error) {
    if (!gap) {
      gap = { whom: JSON.stringify(inside), at: document.activeElement, from: scrollY };
      gap.returned = new Promise((resolve) => {
        gap.over = resolve;
      });
      for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
      signedOut();
      show(null);
      notice(byId('sign-in-notice'), 'warning', error.message, words('ketikan_tetap'));
      byId('username').focus();
    }
    return gap.returned;
  }

  async function enter(me) {
    touched = Date.now();
    notice(byId('sign-in-notice'));
    if (!gap) {
      show(me);
      await onIn(me);
      return;
    }
    const { whom, at, from, over } = gap;
    if (JSON.stringify(me) !== whom) {
      location.reload();
      return;
    }
    gap = null;
    show(me);
    at?.focus({ preventScroll: true });
    scrollTo(0, from);
    over();
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
    if (!(inside || gap) || Date.now() - touched < QUIET) return;
    inside = null;
    gap = null;
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
  window.addEventListener('offline', () => strip(words('SINYAL_PUTUS')));
  window.addEventListener('online', () => strip(''));
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
        window.addEventListener('online', () => notice(byId('officer-notice')), { once: true });
        return;
      }
      if (error.status === 401 || error.code === 'LAYAR_KIOS') signedOut();
      show(null);
      if (error.status === 401) tell(byId('sign-in-notice'), error, 'warning');
      else offer(byId('sign-in-notice'), error, resume);
    }
  }
  return { call: guarded, resume };
}
