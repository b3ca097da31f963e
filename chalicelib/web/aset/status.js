// Status: number and secret, then the case in words.

import { call } from './api.js';
import { receipts } from './draft.js';
import { rights } from './hak.js';
import { mending } from './mend.js';
import { busy, byId, formErrors, h, icon, notice, tell, words } from './page.js';
import { timeline } from './timeline.js';
import { date } from './waktu.js';

const form = byId('form-status');
const given = new URLSearchParams(location.search).get('n') ?? '';

const ownRights = rights();
const MENDING = 'PERLU_PERBAIKAN';

/** What came back to be mended; else what the readings noted about the photos. */
function needs(view, secret) {
  const back = view.state === MENDING && view.needs.length > 0;
  const noted = view.slots.flatMap((record) =>
    record.findings.filter((one) => one.severity !== 'info').map((one) => [record.title, one.message]),
  );
  byId('needs').hidden = !back && noted.length === 0;
  for (const id of ['needs-mend', 'mend']) byId(id).hidden = !back;
  for (const id of ['needs-seen', 'needs-wait']) byId(id).hidden = back;
  if (back) {
    mending(view, secret, (mended) => {
      show(mended, secret);
      notice(byId('status-notice'), 'ok', words('dikirim_lagi'));
      byId('result-heading').focus();
    });
    return;
  }
  byId('needs-list').replaceChildren(
    ...noted.map(([title, text]) =>
      h('li', { class: 'notice notice-warning' }, icon('seru'), h('div', {}, h('p', {}, h('strong', {}, title)), h('p', {}, text))),
    ),
  );
}

function show(view, secret) {
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
  notice(byId('result-notice'), 'warning', view.notice ?? '');
  byId('result-draft').hidden = Boolean(view.submitted_at);
  needs(view, secret);
  timeline(byId('result-timeline'), view.timeline);
  ownRights(view.case_number, secret);
}

async function look(caseNumber, secret) {
  const host = byId('status-notice');
  notice(host);
  byId('result').hidden = true;
  try {
    const view = await call('GET', `usulan/${encodeURIComponent(caseNumber)}`, { secret });
    show(view, secret);
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
