// The administrator's console: the staff of the regions below, one person, what may be changed, and refusals.

import { dutyChip, officeName, showPerson } from './admin-orang.js';
import { oversight } from './admin-pengawasan.js';
import { refusals } from './admin-penolakan.js';
import { acts } from './admin-tindakan.js';
import { byId, h, notice, words } from './page.js';
import { session } from './session.js';
import { further, offer } from './ulang.js';

const VIEWS = ['wait-view', 'list-view', 'person-view', 'act-view', 'password-view', 'denials-view', 'watch-view', 'day-view'];
const desk = session(() => route());
const form = acts(desk, done);
const watch = oversight(desk);
const denials = refusals(desk);
let rows = []; // of the list, as loaded so far
let next = null;
let told = null; // what the next view of a person begins with

function view(wanted, heading) {
  for (const id of VIEWS) byId(id).hidden = id !== wanted;
  if (heading) byId(heading).focus({ preventScroll: true });
  scrollTo(0, 0);
}

// --- the list

function line(row) {
  const label = (key) => h('span', { class: 'label' }, words(key));
  return h(
    'tr',
    {},
    h('td', {}, h('strong', {}, row.name)),
    h('td', {}, label('kolom_wilayah'), h('span', {}, row.region.name)),
    h('td', {}, label('kolom_jabatan'), ...row.offices.map((office) => h('span', { class: 'line' }, officeName(office)))),
    h('td', {}, label('kolom_keadaan'), dutyChip(row)),
    h('td', {}, h('a', { class: 'button button-small', href: `#orang/${row.officer_id}` }, words('lihat'), h('span', { class: 'seen-only-by-readers' }, ` ${row.name}`))),
  );
}

function draw() {
  const sought = byId('filter').value.trim().toLowerCase();
  const text = (row) => [row.name, row.region.name, row.duty_label, ...row.offices.map(officeName)].join(' ').toLowerCase();
  const shown = rows.filter((row) => text(row).includes(sought));
  byId('list-rows').replaceChildren(...shown.map(line));
  byId('list').hidden = shown.length === 0;
  byId('list-empty').hidden = shown.length > 0;
  byId('list-more').hidden = !next;
  byId('list-count').textContent = words(next ? 'jumlah_lebih' : 'jumlah', { n: shown.length });
}

async function load(cursor = null) {
  const answer = await desk.call('GET', cursor ? `console/staff?cursor=${encodeURIComponent(cursor)}` : 'console/staff');
  rows = cursor ? [...rows, ...answer.items] : answer.items;
  next = answer.next;
  draw();
}

byId('filter').addEventListener('input', draw);
further('list-more', () => load(next));

// --- one person, and what is changed

const person = (id) => desk.call('GET', `console/staff/${encodeURIComponent(id)}`);

/** After a change: a password is shown once, everything else on the person's page. */
function done(answer, act) {
  const one = answer.officer ?? answer;
  if (answer.temporary_password) {
    byId('password-username').textContent = one.username;
    byId('password-word').textContent = answer.temporary_password;
    byId('password-done').href = `#orang/${one.officer_id}`;
    view('password-view', 'password-heading');
    return;
  }
  told = words(`sudah_${act}`);
  location.hash = `orang/${one.officer_id}`;
}

async function showOne(id) {
  showPerson(await person(id));
  notice(byId('person-notice'), 'ok', told ?? '');
  told = null;
  view('person-view', 'person-heading');
}

async function change(act, id, part) {
  const one = id ? await person(id) : null;
  if (await form.open(act, one, part)) view('act-view', 'act-heading'); // shown when nothing in it changes any more
  else location.hash = 'petugas';
}

// --- which view

async function route() {
  notice(byId('list-notice'));
  const [where, id, act, part] = location.hash.slice(1).split('/').map(decodeURIComponent);
  byId('password-word').textContent = '';
  byId('loading').hidden = false;
  try {
    if (where === 'orang' && id && act) await change(act, id, part);
    else if (where === 'orang' && id) await showOne(id);
    else if (where === 'undang') await change('undang');
    else if (where === 'pengawasan' && id) {
      await watch.openDay(id, act, part);
      view('day-view', 'day-heading');
    } else if (where === 'pengawasan') {
      await watch.open();
      view('watch-view', 'watch-heading');
    } else if (where === 'penolakan') {
      await denials.open();
      view('denials-view', 'denials-heading');
    } else {
      await load();
      view('list-view', 'list-heading');
    }
  } catch (error) {
    if (error.status === 401) return;
    const wanted = location.hash;
    view('list-view', 'list-heading');
    history.replaceState(null, '', location.pathname + location.search); // as what is shown: the same link works again
    offer(byId('list-notice'), error, async () => {
      if (wanted) location.hash = wanted;
      else await route();
    });
  } finally {
    byId('loading').hidden = true;
  }
}

window.addEventListener('hashchange', () => {
  if (!byId('inside').hidden && location.hash !== '#isi') route();
});
desk.resume();
