// The form at the counter: whose turn it is stands above it, and when the turn is over nothing of the last citizen stays.

import { whenQuiet } from './diam.js';
import { dropAll, loadDraft } from './draft.js';
import { forget, ready } from './formulir.js';
import { byId, h } from './page.js';
import { leavePlace, place } from './pintu.js';

const SIGNED_IN = 'berkas.petugas'; // in local storage while an officer is signed in (session.js)
const ask = byId('leave');

/** Empties the page itself, so that neither a way back nor a saved page shows what stood there. */
function blank() {
  for (const field of document.querySelectorAll('main input, main textarea')) {
    if (['checkbox', 'radio'].includes(field.type)) field.checked = false;
    else field.value = '';
  }
  for (const image of document.querySelectorAll('main img')) image.removeAttribute('src');
  for (const canvas of document.querySelectorAll('main canvas')) canvas.width = 0;
  for (const id of ['summary', 'receipt-number', 'receipt-secret', 'receipt-message', 'receipt-when', 'region-label', 'counter-number', 'leave-number', 'hand-number', 'hand-secret', 'held-state']) {
    byId(id).textContent = '';
  }
  byId('isi').hidden = true;
}

/** Back to the counter, where the next one is met in Indonesian, whatever this one read. */
function leave() {
  blank();
  location.replace(document.documentElement.lang === 'id' ? 'loket' : 'bahasa/id?ke=loket');
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
  byId('leave-number').textContent = loadDraft().case_number ?? '';
  byId('leave-number').parentElement.hidden = !loadDraft().case_number; // no line since: nothing of it is at the server
  ask.showModal();
}

function head() {
  const number = loadDraft().case_number ?? '';
  byId('counter-turn').hidden = !number;
  byId('counter-number').textContent = number;
}

byId('leave-stay').addEventListener('click', () => ask.close());
byId('leave-go').addEventListener('click', over);
byId('receipt-print').classList.add('button-main');
byId('receipt-print').after(h('button', { type: 'button', class: 'button', id: 'receipt-next', onclick: over }, byId('counter-done').textContent));

if (!place() || !localStorage.getItem(SIGNED_IN)) leave(); // nobody's turn
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
  if (event.key === SIGNED_IN && !event.newValue) over();
});
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
