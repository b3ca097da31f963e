// The field officer: scan the receipt's barkot (camera, picture or typed number) and see the case.

import { hasCamera, readPicture, scan } from './barkot.js';
import { unmasking } from './buka.js';
import { busy, byId, fieldError, h, icon, notice, words } from './page.js';
import { session } from './session.js';
import { timeline } from './timeline.js';
import { attempt, offer } from './ulang.js';
import { date } from './waktu.js';

const desk = session(() => route());
const look = unmasking(desk);
let host = byId('scan-notice'); // where it is told what comes of the way that was taken last
let camera = null; // the AbortController of a running camera

const stop = () => camera?.abort();

/** From now on it is told here; what was told before goes. */
function tellIn(id) {
  notice(host);
  host = byId(id);
  notice(host);
}

/** Opens the case that a barkot or a number leads to; what was scanned is kept for another try. */
async function resolve(text) {
  await attempt(host, async () => {
    notice(host, 'info', words('mencari_berkas'));
    const found = await desk.call('POST', 'barkot/resolve', { body: { text } });
    location.hash = `usulan/${encodeURIComponent(found.case_number)}`;
  });
}

// --- three ways to a case

byId('scan-camera').addEventListener('click', async () => {
  tellIn('scan-notice');
  if (!hasCamera()) {
    notice(host, 'info', words('kamera_tidak_ada'), words('cara_lain'));
    return;
  }
  camera = new AbortController();
  byId('camera').hidden = false;
  byId('ways').hidden = true;
  byId('scan-stop').focus();
  try {
    const text = await scan(byId('video'), camera.signal);
    if (text) await resolve(text);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    notice(host, 'warning', words('kamera_ditolak'), words('cara_lain'));
  } finally {
    byId('camera').hidden = true;
    byId('ways').hidden = false;
    if (document.activeElement === document.body) byId('scan-camera').focus();
  }
});
byId('scan-stop').addEventListener('click', stop);

byId('scan-picture').addEventListener('change', async () => {
  const [file] = byId('scan-picture').files;
  byId('scan-picture').value = '';
  if (!file) return;
  tellIn('scan-notice');
  notice(host, 'info', words('membaca_gambar'));
  const text = await readPicture(file);
  if (text) await resolve(text);
  else notice(host, 'warning', words(text === null ? 'bukan_gambar' : 'barkot_tidak_terlihat'), words('cara_lain'));
});

byId('form-number').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = byId('number').value.trim();
  fieldError(byId('form-number'), 'number', text ? '' : words('NOMOR_KOSONG'));
  tellIn('number-notice'); // below the button: nothing moves under the finger
  if (text) busy(byId('number-button'), () => resolve(text)).then(() => host.scrollIntoView({ block: 'nearest' }));
  else byId('number').focus();
});

// --- the case, to read

const STATE = { empty: 'foto_kosong', waiting: 'foto_kosong', reading: 'foto_dibaca', read: 'foto_terbaca', failed: 'foto_belum' };
const CHIP = { empty: 'chip-warning', waiting: 'chip-warning', reading: 'chip-info', read: 'chip-ok', failed: 'chip-warning' };

function messages(list, findings) {
  list.replaceChildren(
    ...findings.map((one) =>
      h('li', { class: `notice notice-${one.severity}` }, icon(one.severity === 'info' ? 'info' : 'seru'), h('p', {}, one.message)),
    ),
  );
}

/** A field as it may be seen; where something is masked that this officer may ask for, with the way to it. */
function fact(data, field) {
  const row = h('div', {}, h('dt', {}, field.label));
  const value = h('dd', {}, h('span', { class: 'number', 'data-part': 'input', tabindex: '-1' }, field.value || '–'));
  row.append(value);
  if (!field.may_unmask) return row;
  const button = h('button', { type: 'button', class: 'button button-small' }, icon('mata'), words('lihat'), h('span', { class: 'seen-only-by-readers' }, ` ${field.label}`));
  button.addEventListener('click', () => look(data, field, row));
  value.append(h('div', { 'data-part': 'reveal' }, button), h('p', { class: 'help', 'data-part': 'shown', role: 'status' }));
  return row;
}

function show(data) {
  byId('case-number').textContent = data.case_number;
  byId('case-state').textContent = data.state_label;
  byId('case-region').textContent = data.region.path;
  byId('case-when').textContent = [data.way !== 'online' && data.way_label, data.submitted_at && words('dikirim_pada', { tanggal: date(data.submitted_at) })].filter(Boolean).join(' · ');
  byId('case-fields').replaceChildren(...data.fields.map((field) => fact(data, field)));
  byId('case-masked').hidden = !data.fields.some((field) => field.masked);
  byId('case-documents').replaceChildren(
    ...data.documents.map((one) =>
      h('div', {}, h('dt', {}, one.title), h('dd', {}, h('span', { class: `chip ${CHIP[one.state]}` }, words(STATE[one.state])))),
    ),
  );
  const findings = [...data.findings, ...data.documents.flatMap((one) => one.findings)];
  byId('case-findings-card').hidden = findings.length === 0;
  messages(byId('case-findings'), findings);
  timeline(byId('case-timeline'), data.timeline);
}

async function route() {
  const [view, caseNumber] = location.hash.slice(1).split('/');
  const wanted = view === 'usulan' && caseNumber ? decodeURIComponent(caseNumber) : '';
  stop();
  notice(host);
  byId('scan-view').hidden = Boolean(wanted);
  byId('case-view').hidden = true;
  if (!wanted) {
    byId('scan-heading').focus();
    return;
  }
  byId('loading').hidden = false;
  try {
    show(await desk.call('GET', `cases/${encodeURIComponent(wanted)}`));
    byId('case-view').hidden = false;
    byId('case-heading').focus();
  } catch (error) {
    byId('scan-view').hidden = false;
    if (error.status === 401) return;
    history.replaceState(null, '', location.pathname + location.search); // as what is shown: the same number opens again
    offer(host, error, () => {
      location.hash = `usulan/${encodeURIComponent(wanted)}`;
    });
    if (host.id === 'scan-notice') byId('scan-heading').focus({ preventScroll: true });
    else byId('number').focus();
    host.scrollIntoView({ block: 'nearest' });
  } finally {
    byId('loading').hidden = true;
  }
}

window.addEventListener('hashchange', () => {
  if (!byId('inside').hidden && location.hash !== '#isi') route();
});
desk.resume();
import('./simpan.js');
