// Status: number and secret, then the case in words.

import { call } from './api.js';
import { receipts } from './draft.js';
import { busy, byId, formErrors, h, icon, notice, tell, words } from './page.js';
import { timeline } from './timeline.js';
import { date } from './waktu.js';

const form = byId('form-status');
const given = new URLSearchParams(location.search).get('n') ?? '';

/** What needs mending: each photo with its messages, once. */
function needs(view) {
  const told = new Map();
  for (const { slot, message } of view.needs) told.set(slot, [message]);
  const mending = told.size > 0;
  for (const record of view.slots) {
    const messages = record.findings.filter((one) => one.severity !== 'info').map((one) => one.message);
    if (record.state === 'failed' && record.message) messages.unshift(record.message);
    if (mending ? told.has(record.slot) : messages.length) {
      told.set(record.slot, [...new Set([...(told.get(record.slot) ?? []), ...messages])]);
    }
  }
  byId('needs').hidden = told.size === 0;
  byId('needs-mend').hidden = !mending;
  byId('needs-how').hidden = !mending;
  byId('needs-seen').hidden = mending;
  byId('needs-wait').hidden = mending;
  const titles = new Map(view.slots.map((record) => [record.slot, record.title]));
  byId('needs-list').replaceChildren(
    ...[...told].map(([slot, messages]) =>
      h(
        'li',
        { class: `notice notice-${mending ? 'error' : 'warning'}` },
        icon('seru'),
        h('div', {}, h('p', {}, h('strong', {}, titles.get(slot) ?? slot)), ...messages.map((text) => h('p', {}, text))),
      ),
    ),
  );
}

function show(view) {
  byId('result').hidden = false;
  byId('result-number').textContent = view.case_number;
  byId('result-state').textContent = view.state_label;
  const facts = [
    ['label_pemegang', view.holder],
    ['label_berikutnya', view.next?.label],
    ['label_paling_lambat', view.next?.by && date(view.next.by)],
    ['label_dikirim', view.submitted_at && date(view.submitted_at)],
  ];
  byId('result-facts').replaceChildren(
    ...facts.filter(([, value]) => value).map(([key, value]) => h('div', {}, h('dt', {}, words(key)), h('dd', {}, value))),
  );
  byId('result-draft').hidden = Boolean(view.submitted_at);
  needs(view);
  timeline(byId('result-timeline'), view.timeline);
}

async function look(caseNumber, secret) {
  const host = byId('status-notice');
  notice(host);
  byId('result').hidden = true;
  try {
    const view = await call('GET', `usulan/${encodeURIComponent(caseNumber)}`, { secret });
    show(view);
    byId('result-heading').focus();
  } catch (error) {
    if (Object.keys(error.fields ?? {}).length) formErrors(form, host, error.fields, error.message);
    else tell(host, error);
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const caseNumber = byId('number').value.trim().toUpperCase();
  const secret = byId('secret').value.trim().toUpperCase();
  const errors = {
    ...(caseNumber ? {} : { number: words('nomor_kosong') }),
    ...(secret ? {} : { secret: words('kode_kosong') }),
  };
  formErrors(form, byId('status-errors'), errors);
  if (!Object.keys(errors).length) busy(byId('look'), () => look(caseNumber, secret));
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

byId('number').value = given;
const known = kept();
if (known) {
  byId('secret').value = known.secret;
  form.requestSubmit();
}
