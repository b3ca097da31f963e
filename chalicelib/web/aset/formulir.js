// The citizen's form: one question a screen, kept on the phone after each answer, resumed where it stopped; what it holds
// goes out as soon as there is a line (antrean.js).

import { outbox } from './antrean.js';
import { call, loaded } from './api.js';
import { receiptStep } from './bukti.js';
import { checkSteps } from './check.js';
import * as store from './draft.js';
import { sendStep } from './kirim.js';
import { busy, byId, formErrors, h, notice, tell, words } from './page.js';
import { isSent, isTaken, photoStep } from './photos.js';
import { refresh } from './reading.js';
import { alone } from './tab.js';
import { extraPhotos } from './tambahan.js';
import { held } from './tersimpan.js';
import { keeping } from './titip.js';
import { PHOTOS, STEPS } from './urutan.js';
import { date } from './waktu.js';

const form = { draft: store.loadDraft(), view: null, step: '', deadline: 0, watching: false, waiting: false, problems: null, elsewhere: false };
const sections = [...document.querySelectorAll('[data-step]')];
const photos = {};
const save = () => store.saveDraft(form.draft);

// --- which step, and the way between them

/** The farthest step the person may stand on. */
function reach() {
  if (!form.draft.target) return 0;
  const missing = Object.entries(PHOTOS).find(([, slot]) => !isTaken(form, slot));
  return missing ? STEPS.indexOf(missing[0]) : STEPS.length - 1;
}

const go = (step) => {
  if (location.hash === `#${step}`) show();
  else location.hash = step;
};

const next = () => go(STEPS[STEPS.indexOf(form.step) + 1]);

/** The step an address means: [step, what it speaks of]. */
function meant() {
  const [wanted, about = ''] = location.hash.slice(1).split('/').map(decodeURIComponent);
  if (wanted === 'bukti' && store.keptReceipt(about)) return ['bukti', about];
  if (wanted === 'lanjut') return ['lanjut', about];
  const index = Math.min(Math.max(0, STEPS.indexOf(wanted)), reach());
  return [form.draft.wanted ? STEPS.at(-1) : STEPS[index], ''];
}

function show(first = false) {
  if (form.elsewhere || (location.hash === '#isi' && form.step)) return;
  const [step, about] = meant();
  if (STEPS.includes(step) && location.hash !== `#${step}`) history.replaceState(null, '', `#${step}`);
  form.step = step;
  byId('loading').hidden = true;
  byId('page-notice').replaceChildren();
  for (const section of sections) section.hidden = section.dataset.step !== step;
  progress(step);
  const heading = sections.find((section) => !section.hidden).querySelector('h1');
  document.title = `${heading.textContent} – Berkas`;
  if (STEPS.includes(step) && form.draft.target) {
    form.draft.step = step;
    save();
  }
  byId('hand').hidden = !form.draft.target || !STEPS.includes(step) || step === 'siapa';
  byId('hand-more').open = false;
  if (!first) {
    scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  }
  enter(step, about);
}

function progress(step) {
  const index = STEPS.indexOf(step);
  byId('steps').hidden = index < 0;
  byId('step-back').hidden = index === 0;
  byId('step-back').href = `#${STEPS[Math.max(0, index - 1)]}`;
  byId('step-count').textContent = words('langkah', { n: index + 1, semua: STEPS.length });
  byId('step-bar').replaceChildren(...STEPS.map((_, at) => h('i', { class: at <= index ? 'done' : null })));
}

const told = (error) => tell(byId('page-notice'), error);

function enter(step, about) {
  if (photos[step]) photos[step].enter().catch(lost);
  else if (step === 'tambahan') extra.enter().catch(lost);
  else if (checks[step]) checks[step].enter().catch(lost);
  else if (step === 'kirim') sending.enter();
  else if (step === 'bukti') receipt.enter(about);
  else if (step === 'lanjut') resume(about);
  else who();
  sending.problems(step, Boolean(photos[step]));
  draw();
  answers.save();
}

/** The server no longer knows the draft, or has it already: say so, and begin again or show the receipt. */
async function lost(error) {
  if (error.code === 'SUDAH_DIKIRIM') {
    const { draft } = form;
    if (!draft.case_number) return;
    try {
      const receipt = await call('GET', `usulan/${encodeURIComponent(draft.case_number)}/receipt`, { secret: draft.secret });
      if (form.draft !== draft) return; // who asked beside us has shown it
      arrived(receipt);
      notice(byId('receipt-notice'), 'info', words('sudah_dari_lain'));
    } catch (problem) {
      told(problem);
    }
  } else if (error.status === 404 && form.draft.case_number) {
    restart();
    notice(byId('page-notice'), 'warning', words('draf_hilang'));
  } else if (error.status !== 404) told(error);
}

/** Nothing of the draft stays on this phone, nor in the fields for whoever holds it next. */
export function forget() {
  form.problems = null;
  form.draft = store.emptyDraft();
  form.view = null;
  form.deadline = 0;
  store.dropDraft();
  queue.clear();
  for (const step of Object.values(photos)) step.clear();
  extra.clear();
  for (const id of ['form-who', 'form-check', 'form-address', 'form-send']) byId(id).reset();
}

function restart() {
  forget();
  history.replaceState(null, '', '#siapa');
  show();
}

function arrived(receipt) {
  store.keepReceipt(receipt, form.draft.secret);
  forget();
  location.replace(`#bukti/${encodeURIComponent(receipt.case_number)}`);
}

// --- who

function who() {
  if (form.draft.target) byId('form-who').elements.target.value = form.draft.target; // else what was chosen before this came
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
  const target = byId('form-who').elements.target.value;
  formErrors(byId('form-who'), byId('who-errors'), target ? {} : { target: words('pilih_siapa') });
  if (!target) return;
  if (form.draft.target !== target) {
    if (form.draft.case_number) forget(); // begun for somebody else: photos and answers are of that person
    form.draft.target = target;
    save();
  }
  queue.run();
  next();
});

// --- what goes out, and what is told of it

function draw() {
  drawHeld();
  sending.draw();
  photos[form.step]?.draw();
  if (form.step === 'tambahan') extra.draw();
}

let before = '';

/** Something changed in the queue: the bar goes on, and what is told in words is drawn where it is another. */
function hear() {
  const { sending: slot, waiting, loose } = queue.now;
  const lineChanged = form.waiting !== waiting;
  form.waiting = waiting; // nobody waits for a reading without a line
  if (lineChanged) checks[form.step]?.again().catch(lost);
  const now = JSON.stringify([slot, waiting, [...loose], form.draft.kept, form.draft.sent, form.draft.case_number]);
  if (now === before) drawHeld();
  else draw();
  before = now;
}

const queue = outbox(form, {
  hear,
  onSent: () => {
    form.deadline = 0;
    checks[form.step]?.again().catch(lost);
    photos[form.step]?.enter().catch(lost);
    answers.save();
  },
  onRefused: (slot, error) => {
    form.draft.wanted = null;
    const text = error ? error.message : words('foto_hilang');
    const step = Object.keys(PHOTOS).find((name) => PHOTOS[name] === slot);
    (photos[step] ?? extra.rows[slot]).refused(text);
    if (step && STEPS.indexOf(form.step) > STEPS.indexOf(step)) go(step);
  },
  onFault: lost,
  last: () => sending.last(),
});

// --- another phone, and leaving this one

async function resume(number) {
  if (number && number === form.draft.case_number) {
    sessionStorage.removeItem('berkas.lanjut');
    go(form.draft.step ?? 'ktp');
    return;
  }
  try {
    const { resuming } = await loaded(import('./lanjut.js'));
    resume.screen ??= resuming(
      () => Boolean(form.draft.target),
      (draft, view) => {
        forget();
        Object.assign(form, { draft, view });
        save();
        go(draft.step);
        notice(byId('page-notice'), 'info', words('dilanjutkan'));
      },
    );
    resume.screen.enter(number);
  } catch (error) {
    told(error);
  }
}

byId('hand-more').addEventListener('toggle', () => {
  if (byId('hand-more').open) loaded(import('./pindah.js')).then(({ showHandover }) => showHandover(form.draft)).catch(told);
});
byId('hand-forget').addEventListener('click', () => {
  if (!confirm(words('hapus_draf_tanya'))) return;
  restart();
  notice(byId('page-notice'), 'ok', words('draf_dihapus'));
});

// --- begin, or go on where it stopped

for (const step of Object.keys(PHOTOS)) photos[step] = photoStep(form, queue, sections.find((one) => one.dataset.step === step), next);
const extra = extraPhotos(form, queue, next);
const checks = checkSteps(form, next);
const sending = sendStep(form, { run: queue.run, go, titles: extra.titles, arrived });
const drawHeld = held(form, queue, (slot) => isSent(form, slot));
const receipt = receiptStep(restart);
const answers = keeping(form, byId('page-notice'), () => checks[form.step]?.again().catch(lost));

/** Another tab has the form: this one says so and touches nothing. */
function elsewhere() {
  form.elsewhere = true;
  for (const id of ['loading', 'steps', 'hand', 'held']) byId(id).hidden = true;
  for (const section of sections) section.hidden = section.dataset.step !== 'tab';
  byId('tab-heading').focus();
}

function taken() {
  store.rest();
  form.draft = store.emptyDraft(); // what runs for the one before ends
  elsewhere();
  byId('tab-here').hidden = false;
  byId('tab-here').addEventListener('click', () => {
    history.replaceState(null, '', location.pathname); // where the other tab has got to
    location.reload();
  });
}

function begin() {
  form.elsewhere = false;
  form.draft = store.loadDraft(); // as the tab before has left it
  const resumed = Boolean(form.draft.target);
  if (resumed && !location.hash.slice(1)) history.replaceState(null, '', `#${form.draft.step ?? 'ktp'}`);
  show(!sections[0].hidden); // where the first question stands already, nothing moves under the finger
  window.addEventListener('hashchange', () => show());
  document.addEventListener('visibilitychange', () => document.hidden && answers.save());
  if (resumed) {
    if (STEPS.indexOf(form.step) > 0) notice(byId('page-notice'), 'info', words('dilanjutkan'));
    refresh(form).then((view) => answers.meet(view?.answers)).catch(lost);
    queue.run();
  } else queue.clear(); // photos of a draft that is gone
  return true;
}

/** Settles when the form is this tab's and stands there. */
export const ready = alone(elsewhere, taken).then(begin);

// what the next steps need comes while somebody reads the first: the line may go
for (const part of [import('./foto.js'), import('./lanjut.js'), import('./pindah.js'), import('./receipt.js')]) {
  part.catch((error) => console.info('a part comes later', error.name));
}
