// The form at the counter and at its kiosk: whose turn it is stands above it, and when the turn is over nothing of the last
// citizen stays. At a kiosk nobody is signed in; at the counter an officer is.

import { whenQuiet } from './diam.js';
import { dropAll, loadDraft } from './draft.js';
import { forget, ready } from './formulir.js';
import { byId, h } from './page.js';
import { leavePlace, place } from './pintu.js';

const SIGNED_IN = 'berkas.petugas'; // in local storage while an officer is signed in (session.js)
const HOME = byId('counter').dataset.home; // where the next one begins
const ask = byId('leave');

/** Empties the page itself, so that neither a way back nor a saved page shows what stood there. */
function blank() {
  for (const field of document.querySelectorAll('main input, main textarea')) {
    if (['checkbox', 'radio'].includes(field.type)) field.checked = false;
    else field.value = '';
  }
  for (const image of document.querySelectorAll('main img')) image.removeAttribute('src');
  for (const canvas of document.querySelectorAll('main canvas')) canvas.width = 0;
  for (const id of ['summary', 'receipt-number', 'receipt-secret', 'receipt-message', 'receipt-when', 'region-label', 'counter-number', 'leave-number', 'leave-secret', 'slip-number', 'slip-secret', 'hand-number', 'hand-secret', 'held-state']) {
    byId(id).textContent = '';
  }
  byId('isi').hidden = true;
}

/** Back to where one begins, where the next one is met in Indonesian, whatever this one read. */
function leave() {
  blank();
  location.replace(document.documentElement.lang === 'id' ? HOME : `bahasa/id?ke=${HOME}`);
}

/** The turn is over: the form forgets, the tab keeps nothing, and the counter stands there for the next one. */
function over() {
  forget();
  dropAll();
  leavePlace();
  leave();
}

/** Whether something was begun and not sent. */
const unfinished = () => Boolean(loadDraft().target);

function done() {
  if (!unfinished()) {
    over();
    return;
  }
  const { case_number: number = '', secret = '' } = loadDraft();
  for (const part of ['leave', 'slip']) {
    byId(`${part}-number`).textContent = number;
    byId(`${part}-secret`).textContent = secret;
  }
  for (const id of ['leave-held', 'leave-print']) byId(id).hidden = !number; // no line since: nothing of it is at the server
  byId('leave-nothing').hidden = Boolean(number);
  ask.showModal();
}

function head() {
  const number = loadDraft().case_number ?? '';
  byId('counter-turn').hidden = !number;
  byId('counter-number').textContent = number;
}

byId('leave-stay').addEventListener('click', () => ask.close());
byId('leave-go').addEventListener('click', over);
byId('leave-print').addEventListener('click', () => {
  byId('slip-where').textContent = new URL('usulan', location.href).href;
  document.documentElement.classList.add('slip'); // the slip alone is printed (loket.css)
  print();
});
window.addEventListener('afterprint', () => document.documentElement.classList.remove('slip'));
byId('receipt-print').classList.add('button-main');
byId('receipt-print').after(h('button', { type: 'button', class: 'button', id: 'receipt-next', onclick: over }, byId('counter-done').textContent));

const attended = HOME === 'loket';
if (!place() || (attended && !localStorage.getItem(SIGNED_IN))) leave(); // nobody's turn: back to where one begins
else {
  ready.then(() => { // what another tab fills in is not this one's to end
    byId('counter').hidden = false;
    head();
    for (const change of ['hashchange', 'begun']) window.addEventListener(change, head);
    byId('counter-done').addEventListener('click', done);
    whenQuiet(over);
  });
}
window.addEventListener('storage', (event) => {
  // the officer has left; or at a kiosk one has come
  if (event.key === SIGNED_IN && Boolean(event.newValue) !== attended) over();
});
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
