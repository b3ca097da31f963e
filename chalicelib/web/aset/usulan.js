// The citizen's form: one question a screen, kept on the phone after each answer, resumed where it stopped.

import { call, pause } from './api.js';
import * as store from './draft.js';
import { checkSteps } from './check.js';
import { tellAt } from './kabar.js';
import { busy, byId, digits, formErrors, h, notice, tell, words } from './page.js';
import { isSent, photoSection, photoStep, slotOf } from './photos.js';
import { FIELDS, findings, refresh } from './reading.js';
import { saveReceipt, shareReceipt, showReceipt } from './receipt.js';
import { extraPhotos } from './tambahan.js';
import { date } from './waktu.js';

const STEPS = ['siapa', 'ktp', 'kk', 'rumah', 'tambahan', 'periksa', 'alamat', 'kirim'];
const PATIENCE = 20_000; // milliseconds the sending waits for photos still on their way
const PHOTOS = { ktp: 'ktp', kk: 'kk', rumah: 'rumah_depan' };
const STEP_OF = {
  nik: 'periksa', nama: 'periksa', nomor_kk: 'alamat', kode_wilayah: 'alamat', alamat: 'alamat', rt: 'alamat', rw: 'alamat',
  ktp: 'ktp', kk: 'kk', rumah_depan: 'rumah', statement: 'kirim',
};
const FORM_OF = { periksa: ['form-check', 'check-errors'], alamat: ['form-address', 'address-errors'], kirim: ['form-send', 'send-errors'] };

const form = { draft: store.loadDraft(), view: null, step: '', deadline: 0, watching: false, problems: null };
const sections = [...document.querySelectorAll('[data-step]')];
const photos = {};
const save = () => store.saveDraft(form.draft);

// --- which step, and the way between them

/** The farthest step the person may stand on. */
function reach() {
  if (!form.draft.case_number) return 0;
  const missing = Object.entries(PHOTOS).find(([, slot]) => !isSent(form, slot));
  return missing ? STEPS.indexOf(missing[0]) : STEPS.length - 1;
}

const go = (step) => {
  if (location.hash === `#${step}`) show();
  else location.hash = step;
};

const next = () => go(STEPS[STEPS.indexOf(form.step) + 1]);

function show() {
  const [wanted, caseNumber] = location.hash.slice(1).split('/');
  const kept = wanted === 'bukti' ? store.keptReceipt(decodeURIComponent(caseNumber ?? '')) : null;
  let step = kept ? 'bukti' : wanted;
  if (!kept) {
    const index = STEPS.indexOf(wanted);
    if (index < 0 && wanted === 'isi' && form.step) return;
    step = STEPS[Math.min(index < 0 ? 0 : index, reach())];
    if (step !== wanted) history.replaceState(null, '', `#${step}`);
  }
  form.step = step;
  byId('loading').hidden = true;
  byId('page-notice').replaceChildren();
  for (const section of sections) section.hidden = section.dataset.step !== step;
  progress(step);
  const heading = sections.find((section) => !section.hidden).querySelector('h1');
  document.title = `${heading.textContent} – Berkas`;
  if (!kept && form.draft.case_number) {
    form.draft.step = step;
    save();
  }
  scrollTo(0, 0);
  heading.focus({ preventScroll: true });
  enter(step, kept);
}

function progress(step) {
  const index = STEPS.indexOf(step);
  byId('steps').hidden = index < 0;
  byId('step-back').hidden = index === 0;
  byId('step-back').href = `#${STEPS[Math.max(0, index - 1)]}`;
  byId('step-count').textContent = words('langkah', { n: index + 1, semua: STEPS.length });
  byId('step-bar').replaceChildren(...STEPS.map((_, at) => h('i', { class: at <= index ? 'done' : null })));
}

function enter(step, kept) {
  if (photos[step]) photos[step].enter().catch(lost);
  else if (step === 'tambahan') extra.enter().catch(lost);
  else if (checks[step]) checks[step].enter().catch(lost);
  else if (step === 'kirim') summary();
  else if (step === 'bukti') showReceipt(kept.receipt, kept.secret);
  else who();
  problems(step);
}

/** The server no longer knows the draft (or will not take it): say so and begin again. */
function lost(error) {
  if (error.status === 404 && !form.draft.case_number) return;
  if (error.status === 404) {
    restart();
    notice(byId('page-notice'), 'warning', words('draf_hilang'));
  } else tell(byId('page-notice'), error);
}

/** Nothing of the draft stays on this phone, nor in the fields for whoever holds it next. */
function forget() {
  form.problems = null;
  form.draft = store.emptyDraft();
  form.view = null;
  form.deadline = 0;
  store.dropDraft();
  for (const name of [...FIELDS, 'contact']) byId(name).value = '';
}

function restart() {
  forget();
  history.replaceState(null, '', '#siapa');
  show();
}

// --- who

function who() {
  for (const input of byId('form-who').elements.target) input.checked = input.value === form.draft.target;
  const list = store.receipts();
  byId('kept').hidden = list.length === 0;
  byId('kept-list').replaceChildren(
    ...list.map(({ receipt }) => {
      const text = words('lihat_bukti', { nomor: receipt.case_number, tanggal: date(receipt.submitted_at) });
      return h('li', {}, h('a', { class: 'button button-small', href: `#bukti/${encodeURIComponent(receipt.case_number)}` }, text));
    }),
  );
}

byId('form-who').addEventListener('submit', (event) => {
  event.preventDefault();
  const host = byId('who-errors');
  const target = byId('form-who').elements.target.value;
  formErrors(byId('form-who'), host, target ? {} : { target: words('pilih_siapa') });
  if (!target) return;
  if (form.draft.case_number && form.draft.target === target) {
    next();
    return;
  }
  busy(byId('who-next'), async () => {
    if (form.draft.case_number) form.draft = store.emptyDraft();
    form.view = null;
    form.draft.target = target;
    try {
      const body = { target };
      const made = await call('POST', 'usulan', { body, key: store.keyFor(form.draft, 'buat', body) });
      Object.assign(form.draft, { case_number: made.case_number, secret: made.secret });
      form.view = made.case;
      save();
      next();
    } catch (error) {
      tell(host, error);
    }
  });
});

// --- send

function submission() {
  const { values } = form.draft;
  const text = (name) => (values[name] ?? '').trim();
  return {
    nik: digits(text('nik')), nama: text('nama'), nomor_kk: digits(text('nomor_kk')), kode_wilayah: values.kode_wilayah ?? '',
    alamat: text('alamat'), rt: text('rt').padStart(3, '0'), rw: text('rw').padStart(3, '0'),
  };
}

function summary() {
  const sent = submission();
  const rows = [
    ['label_target', words(`target_${form.draft.target}`), 'siapa'],
    ['label_nik', sent.nik, 'periksa'],
    ['label_nama', sent.nama, 'periksa'],
    ['label_nomor_kk', sent.nomor_kk, 'alamat'],
    ['label_wilayah', form.draft.region_label ?? '', 'alamat'],
    ['label_alamat', `${sent.alamat}, RT ${sent.rt} RW ${sent.rw}`, 'alamat'],
    ['label_tambahan', extra.titles().join(', ') || words('tidak_ada'), 'tambahan'],
  ];
  byId('summary').replaceChildren(
    ...rows.map(([label, value, step]) => {
      const link = h('a', { class: 'button button-plain button-small', href: `#${step}` }, words('ubah'));
      link.append(h('span', { class: 'seen-only-by-readers' }, ` ${words(label)}`));
      return h('div', {}, h('dt', {}, words(label)), h('dd', {}, h('span', {}, value), link));
    }),
  );
  const rumah = slotOf(form, 'rumah_depan');
  if (rumah) findings(byId('send-notice'), [rumah]);
}

/** Shows the problems the server named for this step. */
function problems(step) {
  const mine = Object.entries(form.problems?.fields ?? {}).filter(([name]) => STEP_OF[name] === step);
  if (!mine.length) return;
  if (photos[step]) notice(byId('page-notice'), 'error', mine[0][1], form.problems.hint);
  if (!FORM_OF[step]) return;
  const [formId, hostId] = FORM_OF[step];
  byId(formId).hidden = false;
  formErrors(byId(formId), byId(hostId), Object.fromEntries(mine), form.problems.message);
}

function refused(error) {
  const first = STEPS.find((step) => Object.keys(error.fields ?? {}).some((name) => STEP_OF[name] === step));
  if (first && first !== 'kirim') {
    form.problems = error;
    go(first);
    return;
  }
  const body = tell(byId('send-errors'), error);
  if (error.status === 409) body.append(h('a', { href: 'status' }, words('lihat_status')));
  body.closest('.notice').setAttribute('tabindex', '-1');
  body.closest('.notice').focus();
}

function arrived(receipt) {
  store.keepReceipt(receipt, form.draft.secret);
  forget();
  location.replace(`#bukti/${encodeURIComponent(receipt.case_number)}`);
}

byId('form-send').addEventListener('submit', (event) => {
  event.preventDefault();
  const agreed = byId('statement').checked;
  formErrors(byId('form-send'), byId('send-errors'), agreed ? {} : { statement: words('PERNYATAAN_KURANG') });
  if (!agreed) return;
  busy(byId('send'), async () => {
    await Promise.race([Promise.allSettled(senders.map(({ done }) => done)), pause(PATIENCE)]);
    const body = { ...submission(), statement: true };
    const path = `usulan/${encodeURIComponent(form.draft.case_number)}`;
    const { secret } = form.draft;
    form.problems = null;
    try {
      const contact = byId('contact').value.trim();
      if (contact) await tellAt(form.draft.case_number, secret, contact);
    } catch (error) {
      const [wrong] = Object.values(error.fields ?? {});
      if (!wrong) refused(error);
      else formErrors(byId('form-send'), byId('send-errors'), { contact: wrong });
      return;
    }
    try {
      arrived(await call('POST', `${path}/submission`, { body, secret, key: store.keyFor(form.draft, 'kirim', body) }));
    } catch (error) {
      if (error.code !== 'SUDAH_DIKIRIM') refused(error);
      else await call('GET', `${path}/receipt`, { secret }).then(arrived, refused);
    }
  });
});

// --- receipt

const shown = () => store.keptReceipt(byId('receipt-number').textContent);
byId('receipt-print').addEventListener('click', () => print());
for (const [id, kind] of [['receipt-save', 'png'], ['receipt-pdf', 'pdf']]) {
  byId(id).addEventListener('click', () => busy(byId(id), () => saveReceipt(shown().receipt, shown().secret, kind)));
}
byId('receipt-share').addEventListener('click', () => busy(byId('receipt-share'), () => shareReceipt(shown().receipt, shown().secret)));
byId('receipt-new').addEventListener('click', restart);
byId('receipt-forget').addEventListener('click', () => {
  if (!confirm(words('hapus_tanya'))) return;
  store.dropReceipt(byId('receipt-number').textContent);
  restart();
});

// --- begin, or go on where it stopped

for (const step of Object.keys(PHOTOS)) photos[step] = photoStep(form, photoSection(step), next);
const extra = extraPhotos(form, next);
const senders = [...Object.values(photos).map(({ sender }) => sender), ...extra.senders];
const checks = checkSteps(form, next);

const resumed = Boolean(form.draft.case_number);
if (resumed && !location.hash.slice(1)) history.replaceState(null, '', `#${form.draft.step ?? 'ktp'}`);
show();
window.addEventListener('hashchange', show);
if (resumed) {
  if (form.step !== 'bukti' && form.step !== 'siapa') notice(byId('page-notice'), 'info', words('dilanjutkan'));
  refresh(form).catch(lost);
}
