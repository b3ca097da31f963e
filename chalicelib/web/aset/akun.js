// The officer's own account: devices that are signed in, the password, the device that shows codes.

import { busy, byId, formErrors, h, icon, notice, tell, words } from './page.js';
import { session } from './session.js';
import { asked } from './tanya.js';
import { timeline } from './timeline.js';
import { attempt } from './ulang.js';
import { moment } from './waktu.js';

const desk = session(() => load());
const host = byId('account-notice');
let handle = ''; // of the device that is being set up

function show(account) {
  byId('password-user').value = account.username;
  byId('sessions-about').textContent = words('paling_banyak', { n: account.most_sessions });
  byId('sessions').replaceChildren(...account.sessions.map(row));
  byId('end-others').hidden = account.sessions.length < 2;
  byId('factor-old').hidden = !account.second_factor;
  byId('factor-about').textContent = words(account.second_factor ? 'kode_terpasang' : 'kode_belum');
  timeline(byId('events'), account.events);
  byId('account-parts').hidden = false; // once, when nothing in it moves any more
}

function row(one) {
  const about = h(
    'div',
    {},
    h('p', { class: 'row' }, h('strong', {}, one.device_label), one.mine ? h('span', { class: 'chip chip-ok' }, words('perangkat_ini')) : null),
    h('p', { class: 'quiet small' }, words('sejak', { masuk: moment(one.begun) })),
    one.mine ? null : h('p', { class: 'quiet small' }, words('terakhir', { dipakai: moment(one.seen) })),
  );
  if (one.mine) return h('li', { class: 'card row' }, about);
  const end = h('button', { type: 'button', class: 'button button-small' }, icon('keluar'), words('akhiri'), h('span', { class: 'seen-only-by-readers' }, ` ${one.device_label}`));
  end.addEventListener('click', () =>
    ended(words('tanya_akhiri', { perangkat: one.device_label }), end, `account/sessions/${encodeURIComponent(one.session_id)}/end`, 'sesi_diakhiri'),
  );
  return h('li', { class: 'card row' }, about, end);
}

function load() {
  return attempt(host, async () => {
    byId('loading').hidden = false;
    try {
      show(await desk.call('GET', 'account'));
    } finally {
      byId('loading').hidden = true;
    }
  });
}

/** Ends sessions elsewhere, once that was asked. */
async function ended(question, button, path, done) {
  if (await asked(question, words('tanya_akhiri_jelas'), words('ya_akhiri'))) changed(button, host, path, {}, done, byId('account-heading'));
}

/** One change: shows the account as it is then and says so, or tells what is wrong, at its field where it has one. */
function changed(button, where, path, body, done, focus, form = null) {
  return busy(button, async () => {
    notice(where);
    if (form) formErrors(form, where, {});
    try {
      show(await desk.call('POST', path, { body }));
      form?.reset();
      notice(host, 'ok', words(done));
      focus.focus();
      return true;
    } catch (error) {
      if (form && Object.keys(error.fields ?? {}).length) formErrors(form, where, error.fields, error.message);
      else tell(where, error);
      return false;
    }
  });
}

/** Whether something is typed in each of these fields; tells where not. */
function typed(form, where, empty) {
  const errors = Object.fromEntries(Object.entries(empty).filter(([name]) => !form.elements[name].value.trim()));
  formErrors(form, where, errors);
  return Object.keys(errors).length === 0;
}

byId('end-others').addEventListener('click', () => ended(words('tanya_akhiri_lain'), byId('end-others'), 'account/others/end', 'lain_diakhiri'));

// --- password

byId('password-shown').addEventListener('change', () => {
  const type = byId('password-shown').checked ? 'text' : 'password';
  byId('password-now').type = type;
  byId('password-new').type = type;
});

byId('form-password').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = byId('form-password');
  const where = byId('password-notice');
  if (!typed(form, where, { password: words('isi_sekarang'), new: words('isi_baru') })) return;
  const body = { password: byId('password-now').value, new: byId('password-new').value };
  changed(byId('password-button'), where, 'account/password', body, 'kata_sandi_diganti', byId('account-heading'), form);
});

// --- the device that shows codes

function leaveConfirming() {
  handle = '';
  byId('form-confirm').reset();
  byId('form-confirm').hidden = true;
  byId('form-factor').hidden = false;
  byId('factor-picture').removeAttribute('src');
  byId('factor-secret').textContent = '';
}

byId('form-factor').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = byId('form-factor');
  const where = byId('factor-notice');
  const old = byId('factor-old').hidden ? {} : { code: words('isi_kode') };
  if (!typed(form, where, { password: words('isi_sekarang'), ...old })) return;
  busy(byId('factor-button'), async () => {
    try {
      const body = { password: byId('factor-password').value, code: byId('factor-code').value };
      const step = await desk.call('POST', 'account/factor', { body });
      form.reset();
      handle = step.handle;
      byId('factor-picture').src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(step.enrol.svg)}`;
      byId('factor-secret').textContent = step.enrol.secret;
      form.hidden = true;
      byId('form-confirm').hidden = false;
      byId('confirm-heading').focus();
    } catch (error) {
      if (Object.keys(error.fields ?? {}).length) formErrors(form, where, error.fields, error.message);
      else tell(where, error);
    }
  });
});

byId('form-confirm').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = byId('form-confirm');
  const where = byId('confirm-notice');
  if (!typed(form, where, { code: words('isi_kode') })) return;
  const body = { handle, code: byId('confirm-code').value };
  if (await changed(byId('confirm-button'), where, 'account/factor/confirmation', body, 'kode_diganti', byId('account-heading'), form)) {
    leaveConfirming();
  }
});
byId('confirm-back').addEventListener('click', leaveConfirming);

desk.resume();
