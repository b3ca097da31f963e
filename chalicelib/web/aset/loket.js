// The counter: whose turn is next, what was opened today, and the way to a list. Of the last citizen nothing is kept here.

import { villageLists } from './desa.js';
import { dropAll, saveDraft } from './draft.js';
import { drop } from './gudang.js';
import { entryFromList } from './loket-daftar.js';
import { busy, byId, digits, formErrors, h, notice, tell, words } from './page.js';
import { KIOSK, leavePlace, takePlace } from './pintu.js';
import { draftOf } from './sambung.js';
import { signedOut, session } from './session.js';
import { whenFree } from './tab.js';
import { attempt } from './ulang.js';
import { moment } from './waktu.js';

const NIK = 16;
const BACK = 2 * 60_000; // milliseconds after which a sign-in that nobody types into goes back to the kiosk
const OF_COUNTERS = ['FIELD_OFFICER', 'VILLAGE_OPERATOR'];
let village = null; // {code, name}
const desk = session(entered);
const lists = villageLists(desk, byId('places'), byId('loket-notice'), 'loket', chosen);
const list = entryFromList(desk, () => village);

async function entered(me) {
  localStorage.removeItem(KIOSK); // somebody has signed in: that has ended it
  if (!me.may.includes('assist')) {
    notice(byId('loket-notice'), 'warning', words('bukan_loket'), words('bukan_loket_saran'));
    byId('counter').hidden = true;
    return;
  }
  byId('to-list').hidden = !me.may.includes('list');
  const held = me.mandates.filter(({ role }) => OF_COUNTERS.includes(role)).flatMap(({ regions }) => regions);
  byId('loading').hidden = false;
  await lists.show([...new Map(held.map((one) => [one.code, one])).values()]);
  byId('loading').hidden = true;
  route();
}

function chosen(picked) {
  village = picked;
  byId('village-name').textContent = picked?.name ?? '';
  byId('village').hidden = !picked;
  for (const id of ['turn', 'day']) byId(id).hidden = !picked;
  if (picked && !byId('inside').hidden) route();
}

// --- whose turn

/** The form for this draft, in this tab; without one for somebody new. */
function opened(made = null) {
  takePlace(village.code);
  if (made) saveDraft(draftOf(made.case, made.secret));
  location.assign('loket-isian');
}

byId('begin').addEventListener('click', () => opened());

byId('open-kiosk').addEventListener('click', () => busy(byId('open-kiosk'), async () => {
  try {
    await desk.call('POST', 'counter/kiosk', { body: { village: village.code } });
    localStorage.setItem(KIOSK, '1');
    signedOut();
    location.replace('kios');
  } catch (error) {
    tell(byId('kiosk-notice'), error);
  }
}));

/** Who came here from the kiosk by mistake finds back, and a screen that is left here goes back by itself. */
function besideKiosk() {
  if (!localStorage.getItem(KIOSK)) return;
  byId('to-kiosk').hidden = false;
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => localStorage.getItem(KIOSK) && location.replace('kios'), BACK);
  };
  for (const act of ['pointerdown', 'keydown', 'input']) window.addEventListener(act, wait, { passive: true });
  wait();
}

async function goOn(caseNumber) {
  const path = `counter/cases/${encodeURIComponent(caseNumber)}/continuation`;
  opened(await desk.call('POST', path, { body: {} }));
}

byId('form-continue').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = byId('form-continue');
  const host = byId('continue-errors');
  const text = byId('continue-number').value.trim();
  formErrors(form, host, text ? {} : { number: words('lanjut_kosong') });
  if (!text) return;
  busy(byId('continue-button'), async () => {
    try {
      if (digits(text).length === NIK) {
        const found = await desk.call('POST', 'counter/waiting', { body: { village: village.code, nik: text } });
        await goOn(found.case_number);
      } else await goOn(text);
    } catch (error) {
      tell(host, error);
    }
  });
});

// --- today

/** A draft of today or of a list; what goes wrong on the way into it is told beside it. */
function person(one) {
  const about = [one.state_label, one.way_label, moment(one.at)].join(' · ');
  const missing = one.missing.length ? words('foto_belum', { foto: one.missing.join(', ') }) : '';
  const text = h(
    'div',
    {},
    h('p', {}, h('strong', { class: 'number whole' }, one.case_number), one.name ? ` ${one.name}` : ''),
    h('p', { class: 'quiet' }, about),
    missing ? h('p', {}, missing) : null,
  );
  if (!one.draft) return h('li', {}, text);
  const button = h('button', { type: 'button', class: 'button button-small' }, words('lanjutkan'), h('span', { class: 'seen-only-by-readers' }, ` ${one.case_number}`));
  const said = h('div', { 'aria-live': 'polite' });
  text.append(said);
  button.addEventListener('click', () => busy(button, () => attempt(said, () => goOn(one.case_number))));
  return h('li', {}, text, button);
}

async function today() {
  const asked = village;
  const said = byId('day-count');
  const list = byId('day-list');
  said.textContent = words('memuat');
  await attempt(byId('day-notice'), async () => {
    try {
      const { items } = await desk.call('GET', `counter?village=${encodeURIComponent(asked.code)}`);
      if (asked !== village) return;
      said.textContent = items.length ? words('hari_jumlah', { n: items.length }) : words('hari_kosong');
      list.replaceChildren(...items.map(person));
      list.hidden = items.length === 0;
    } catch (error) {
      said.textContent = '';
      throw error;
    }
  });
}

function route() {
  const wanted = location.hash === '#daftar' && !byId('to-list').hidden;
  byId('counter').hidden = wanted;
  byId('list').hidden = !wanted || !village;
  if (!village) return;
  if (wanted) {
    list.enter(person);
    byId('list-heading').focus();
  } else today();
}

window.addEventListener('hashchange', () => {
  if (!byId('inside').hidden && location.hash !== '#isi') route();
});
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

// whoever comes back here has ended the turn: their draft is at the server, and nothing of it in this tab
dropAll();
whenFree(drop);
leavePlace();
besideKiosk();
desk.resume();
