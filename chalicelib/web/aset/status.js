// Status: the form is answered with a page, by plain HTML too; here its answer is laid into this page, so that the secret
// stays at hand for what scripts can do more: mend photos, ask about one's data, reopen a kept receipt.

import { page } from './api.js';
import { receipts } from './draft.js';
import { rights } from './hak.js';
import { contacting } from './langganan.js';
import { mending } from './mend.js';
import { busy, byId, formErrors, h, notice, tell, words } from './page.js';
import { date } from './waktu.js';

const form = byId('form-status');
const given = new URLSearchParams(location.search).get('n') ?? '';
const ownRights = rights();
const contact = contacting((number, secret) => look(number, secret, { again: true }));

/** Lays the answered page's result into this one. */
function show(answered, secret) {
  byId('seen').replaceChildren(...answered.getElementById('seen').childNodes);
  for (const node of document.querySelectorAll('[data-scripted]')) node.hidden = false;
  for (const node of document.querySelectorAll('[data-unscripted]')) node.hidden = true;
  byId('result').hidden = false;
  byId('rights').hidden = false;
  const number = byId('result-number').textContent;
  ownRights(number, secret);
  contact(number, secret);
  const draft = document.getElementById('draft-continue'); // the form takes it up there
  draft?.addEventListener('click', () => sessionStorage.setItem('berkas.lanjut', JSON.stringify({ number, secret })));
  mending(number, secret, async () => {
    await look(number, secret);
    notice(byId('status-notice'), 'ok', words('dikirim_lagi'));
  });
}

/** Asks and shows; `again`: what is shown stays until the new answer takes its place, and so does the focus. */
async function look(number, secret, { again = false } = {}) {
  const host = byId('status-notice');
  notice(host);
  if (!again) byId('result').hidden = true;
  try {
    const { ok, answered } = await page('status', { number, secret });
    if (ok) {
      show(answered, secret);
      if (!again) byId('result-heading').focus();
    } else {
      host.replaceChildren(...answered.getElementById('status-notice').childNodes);
    }
  } catch (error) {
    tell(host, error);
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const number = byId('number').value.trim();
  const secret = byId('secret').value.trim().toUpperCase();
  const errors = {
    ...(number ? {} : { number: words('nomor_kosong') }),
    ...(secret ? {} : { secret: words('kode_kosong') }),
  };
  formErrors(form, byId('status-errors'), errors);
  if (!Object.keys(errors).length) busy(byId('look'), () => look(number, secret));
});

function kept() {
  const list = receipts();
  byId('kept').hidden = list.length === 0;
  byId('kept-list').replaceChildren(
    ...list.map(({ secret, receipt }) => {
      const take = () => {
        byId('number').value = receipt.case_number;
        byId('secret').value = secret;
        form.requestSubmit();
      };
      const text = words('lihat_bukti', { nomor: receipt.case_number, tanggal: date(receipt.submitted_at) });
      return h('li', {}, h('button', { type: 'button', class: 'button button-small', onclick: take }, text));
    }),
  );
  return list.find(({ receipt }) => receipt.case_number === given);
}

if (!byId('number').value) byId('number').value = given;
const known = kept();
if (known && byId('result').hidden) {
  byId('secret').value = known.secret;
  form.requestSubmit();
}
import('./simpan.js');
