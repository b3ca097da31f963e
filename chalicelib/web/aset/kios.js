// The kiosk's first screen: the next citizen begins here. The server says whether this browser is a kiosk, and whose; of the
// last citizen, and of whoever used this browser for anything else of ours, nothing is kept.

import { call } from './api.js';
import { dropAll } from './draft.js';
import { drop, dropOwn } from './gudang.js';
import { busy, byId, tell } from './page.js';
import { KIOSK, leavePlace, takePlace } from './pintu.js';
import { whenFree } from './tab.js';

const CLOSED = new Set([401, 403]);

function show(id) {
  for (const part of ['welcome', 'closed', 'lost', 'loading']) byId(part).hidden = part !== id;
}

function clear() {
  dropAll();
  leavePlace();
  if (!localStorage.getItem(KIOSK)) return; // somebody's own telephone: photos that wait on it are theirs
  whenFree(() => Promise.all([drop(), dropOwn()]));
  sessionStorage.clear();
  localStorage.clear();
  localStorage.setItem(KIOSK, '1');
}

/** The village whose counter this kiosk is; null: it is closed, and the page says so. Throws what is a lost line. */
async function look() {
  try {
    const { village } = await call('GET', 'counter/kiosk', { tries: 1 });
    localStorage.setItem(KIOSK, '1');
    byId('kiosk-village').textContent = village.name;
    return village;
  } catch (error) {
    if (!CLOSED.has(error.status)) throw error;
    localStorage.removeItem(KIOSK);
    show('closed');
    return null;
  }
}

async function welcome() {
  try {
    if (await look()) {
      clear();
      show('welcome');
    }
  } catch (error) {
    show('lost');
    tell(byId('lost-notice'), error);
  }
}

byId('start').addEventListener('click', () => busy(byId('start'), async () => {
  try {
    const village = await look();
    if (!village) return;
    takePlace(village.code);
    location.assign('kios-isian');
  } catch (error) {
    tell(byId('start-notice'), error);
  }
}));
byId('again').addEventListener('click', () => busy(byId('again'), welcome));
window.addEventListener('storage', (event) => {
  if (event.key === KIOSK && !event.newValue) location.reload(); // somebody has signed in, in another tab
});
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

clear();
welcome();
