// The form's door. On a phone that holds nothing of ours the first question stands at once, and all else (formulir.js) comes
// with the first touch, before its answer is given; where something is held, it comes at once.

import { byId, h, words } from './page.js';
import { STEPS } from './urutan.js';

const form = byId('form-who');
let coming = null;

function holdsSomething() {
  try {
    return ['berkas.draf', 'berkas.bukti'].some((name) => (localStorage.getItem(name) ?? 'null') !== 'null');
  } catch (error) {
    console.warn('this browser keeps nothing', error.name);
    return false;
  }
}

/** The whole form, which takes over the page; a line that is lost now is tried again with the next touch. */
function whole() {
  coming ??= import('./formulir.js').then(({ ready }) => ready).catch((error) => {
    console.warn('the form did not come', error.name);
    coming = null;
    byId('signal').textContent = words('SINYAL_PUTUS');
    byId('signal').hidden = false;
  });
  return coming;
}

/** The first question as formulir.js shows it. */
function first() {
  byId('loading').hidden = true;
  byId('steps').hidden = false;
  byId('step-back').hidden = true;
  byId('step-count').textContent = words('langkah', { n: 1, semua: STEPS.length });
  byId('step-bar').replaceChildren(...STEPS.map((_, at) => h('i', { class: at ? null : 'done' })));
  form.closest('section').hidden = false;
}

async function early(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await whole())) return;
  form.removeEventListener('submit', early);
  setTimeout(() => form.requestSubmit()); // not within this one
}

if (holdsSomething() || !['', '#siapa', '#isi'].includes(location.hash)) whole();
else {
  first();
  form.addEventListener('submit', early);
  for (const touch of ['pointerdown', 'keydown', 'input', 'hashchange']) window.addEventListener(touch, whole, { once: true });
}
import('./simpan.js');
