// Requests about data at the offices: the queue by its hours, one request and its answer, and one written down for somebody.

import { busy, byId, formErrors, h, icon, notice, tell, words } from './page.js';
import { session } from './session.js';
import { asked } from './tanya.js';
import { attempt, further } from './ulang.js';
import { date, moment } from './waktu.js';

const CORRECTION = 'koreksi';
const LIFTING = 'cabut';
const HOUR = 3_600_000;
const host = byId('requests-notice');
const desk = session((me) => enter(me));
let rows = [];
let next = null;
let open = null; // the OpenedRequest on the screen

const casePath = (number, ...parts) => ['cases', number, 'requests', ...parts].map(encodeURIComponent).join('/');

// --- the queue

function clock(one) {
  const left = Math.floor((new Date(one.due_at) - Date.now()) / HOUR);
  if (one.overdue || left < 0) return h('span', { class: 'chip chip-error' }, icon('jam'), words('terlambat'));
  return h('span', { class: left < 24 ? 'chip chip-warning' : 'chip' }, words('sisa_jam', { n: left }));
}

function row(one) {
  const look = h('button', { type: 'button', class: 'button button-small' }, words('buka'), h('span', { class: 'seen-only-by-readers' }, ` ${one.label} ${one.case_number}`));
  const said = h('div', { 'aria-live': 'polite' });
  look.addEventListener('click', () => busy(look, () => attempt(said, () => show(one))));
  return h(
    'li',
    { class: 'card' },
    h('strong', {}, one.label),
    h('p', {}, h('span', { class: 'number' }, one.case_number), ` ${one.name}`),
    h('p', { class: 'quiet' }, one.region?.path ?? ''),
    h('p', { class: 'chips' }, clock(one), h('span', { class: 'quiet' }, words('paling_lambat', { waktu: moment(one.due_at) }))),
    look,
    said,
  );
}

async function load(cursor = null) {
  const answer = await desk.call('GET', cursor ? `requests?cursor=${encodeURIComponent(cursor)}` : 'requests');
  rows = cursor ? [...rows, ...answer.items] : answer.items;
  next = answer.next;
  byId('waiting-list').replaceChildren(...rows.map(row));
  byId('waiting-empty').hidden = rows.length > 0;
  byId('waiting-more').hidden = !next;
  byId('waiting-count').textContent = rows.length ? words('jumlah', { n: rows.length }) : '';
}

const queue = () => attempt(byId('waiting-notice'), load);

// --- one request

const form = byId('form-answer');
const errors = byId('answer-errors');

function facts(one) {
  const pairs = [
    [words('wilayah'), one.region?.path],
    [words('keadaan'), one.case_state],
    [words('diajukan'), moment(one.at)],
    [words('batas'), moment(one.due_at)],
    [words('bukti'), one.proof],
    ...one.wanted.flatMap(({ label, now, wanted }) => [
      [words('sekarang', { isian: label }), now],
      [words('diminta', { isian: label }), wanted],
    ]),
    [words('keterangan'), one.note],
  ];
  return pairs.filter(([, text]) => text).map(([term, text]) => h('div', {}, h('dt', {}, term), h('dd', {}, text)));
}

async function show(one) {
  notice(host);
  open = await desk.call('GET', casePath(one.case_number, one.id));
  byId('opened-heading').textContent = open.label;
  byId('opened-number').textContent = open.case_number;
  byId('opened-state').textContent = open.standing_label;
  byId('opened-late').hidden = !open.overdue;
  byId('opened-facts').replaceChildren(...facts(open));
  byId('opened-obstacle').hidden = !open.obstacle;
  byId('opened-obstacle').replaceChildren(icon('info'), open.obstacle ?? '');
  form.reset();
  formErrors(form, errors, {});
  byId('grant').hidden = !open.answers.includes('kabulkan');
  byId('answering').hidden = byId('answer-send').hidden = open.answers.length === 0;
  byId('refusals').hidden = true;
  byId('refusal-list').replaceChildren(
    ...open.refusals.map(({ code, label }) =>
      h('label', { class: 'choice choice-small' }, h('input', { type: 'radio', name: 'reason', id: `refusal-${code}`, value: code }), h('span', {}, label)),
    ),
  );
  byId('opened').hidden = false;
  byId('waiting').hidden = true;
  byId('opened-heading').focus();
}

function back() {
  open = null;
  byId('opened').hidden = true;
  byId('opened-facts').replaceChildren();
  byId('waiting').hidden = false;
  byId('waiting-heading').focus();
}

form.addEventListener('change', () => {
  byId('refusals').hidden = form.elements.answer.value !== 'tolak';
});
byId('answer-back').addEventListener('click', back);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const given = new FormData(form);
  const answer = given.get('answer');
  const reason = answer === 'tolak' ? given.get('reason') : null;
  const missing = {
    ...(answer ? {} : { answer: words('pilih_jawaban') }),
    ...(answer === 'tolak' && !reason ? { reason: words('ALASAN_KURANG') } : {}),
  };
  formErrors(form, errors, missing);
  if (Object.keys(missing).length) return;
  busy(byId('answer-send'), async () => {
    const about = answer === 'tolak' ? words('tanya_tolak_jelas') : words(`akibat_${open.right}`);
    if (!(await asked(words(`tanya_${answer}`, { permintaan: open.label }), about, words(`ya_${answer}`)))) return;
    try {
      await desk.call('POST', casePath(open.case_number, open.id, 'answer'), { body: { answer, reason, note: byId('answer-note').value.trim() } });
      const said = words('dijawab', { permintaan: open.label, nomor: open.case_number });
      back();
      await queue();
      notice(host, 'ok', said);
    } catch (error) {
      tell(errors, error);
    }
  });
});

// --- written down for somebody

const record = byId('form-record');
const recordErrors = byId('record-errors');
byId('record-right').addEventListener('change', () => {
  byId('record-correction').hidden = byId('record-right').value !== CORRECTION;
});

/** Lifts the restriction of a case; it has to be looked up first, which is on record like every look at a case. */
async function lift(number, proof) {
  const { requests } = await desk.call('GET', `cases/${encodeURIComponent(number)}`);
  const standing = requests.find((one) => one.right === 'pembatasan' && one.may_withdraw);
  if (!standing) return words('tanpa_pembatasan', { nomor: number });
  await desk.call('POST', casePath(number, standing.id, 'withdrawal'), { body: { proof } });
  return words('dicabut', { nomor: number });
}

async function write(number, right, body) {
  await desk.call('POST', casePath(number), { body: { right, ...body } });
  return words('dicatat', { nomor: number, tanggal: date(new Date(Date.now() + 72 * HOUR)) });
}

record.addEventListener('submit', (event) => {
  event.preventDefault();
  const right = byId('record-right').value;
  const number = byId('record-number').value.trim().toUpperCase();
  const value = byId('record-value').value.trim();
  const missing = {
    ...(number ? {} : { number: words('NOMOR_KOSONG') }),
    ...(right === CORRECTION && !value ? { value: words('KOREKSI_KOSONG') } : {}),
    ...(byId('record-proof').value ? {} : { proof: words('BUKTI_KURANG') }),
  };
  formErrors(record, recordErrors, missing);
  if (Object.keys(missing).length) return;
  const wanted = right === CORRECTION ? { [byId('record-field').value]: value } : {};
  const proof = byId('record-proof').value;
  const body = { wanted, proof, note: byId('record-note').value.trim() };
  busy(byId('record-send'), async () => {
    try {
      const said = await (right === LIFTING ? lift(number, proof) : write(number, right, body));
      record.reset();
      byId('record-correction').hidden = true;
      byId('record').open = false;
      if (!byId('waiting').hidden) await queue();
      notice(host, 'ok', said);
    } catch (error) {
      const [first] = Object.values(error.fields ?? {});
      if (first) formErrors(record, recordErrors, { value: first }, error.message);
      else tell(recordErrors, error);
    }
  });
});

further('waiting-more', () => load(next));

async function enter({ may }) {
  byId('record').hidden = !may.includes('record');
  byId('waiting').hidden = !may.includes('requests');
  byId('opened').hidden = true;
  byId('loading').hidden = false;
  if (may.includes('requests')) await queue();
  byId('loading').hidden = true;
  byId('requests-heading').focus({ preventScroll: true });
}
desk.resume();
