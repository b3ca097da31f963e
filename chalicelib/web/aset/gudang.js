// Photos that wait on this phone for a line: in IndexedDB, by slot, until they are sent; each with the moment it was kept
// at, by which a draft knows its own. At a counter they lie apart from those of the browser's owner. Where the browser
// refuses to keep them (a private window, no room left) they wait in this page, and are lost with it.

import { atCounter } from './pintu.js';

const OWN = 'berkas';
const NAME = atCounter ? 'berkas-loket' : OWN;
const STORE = 'foto';
const MOST = 40 * 1024 * 1024; // bytes in all; a phone that is asked for more than it has throws away everything

const here = new Map(); // slot → {at, blob} that only this page holds
let opening = null;

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function opened() {
  opening ??= (async () => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'slot' });
    const database = await settled(request);
    database.onclose = database.onversionchange = () => {
      database.close(); // thrown away, or another tab wants to
      opening = null;
    };
    return database;
  })();
  return opening;
}

/** One act on the store, written to the disk when it settles. */
async function act(mode, what) {
  const transaction = (await opened()).transaction(STORE, mode, { durability: 'strict' });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  const answer = await settled(what(transaction.objectStore(STORE)));
  await done;
  return answer;
}

const refused = (error) => {
  if (!(error instanceof DOMException || error instanceof TypeError || error instanceof ReferenceError)) throw error;
  opening = null;
  console.warn('this browser keeps no photos', error.name);
};

/** Keeps the photo of a slot, kept `at` that moment, instead of the one before; false: only in this page. */
export async function put(slot, blob, at) {
  here.set(slot, { at, blob });
  try {
    const others = (await act('readonly', (store) => store.getAll())).filter((one) => one.slot !== slot);
    if (others.reduce((sum, { bytes }) => sum + bytes.byteLength, blob.size) > MOST) return false;
    const bytes = await blob.arrayBuffer(); // some browsers lose blobs, none loses bytes
    await act('readwrite', (store) => store.put({ slot, at, type: blob.type, bytes }));
  } catch (error) {
    refused(error);
    return false;
  }
  here.delete(slot);
  return true;
}

/** The photo of a slot that was kept `at` that moment, or null: a later one may be another draft's. */
export async function get(slot, at) {
  if (here.get(slot)?.at === at) return here.get(slot).blob;
  try {
    const found = await act('readonly', (store) => store.get(slot));
    return found?.at === at ? new Blob([found.bytes], { type: found.type }) : null;
  } catch (error) {
    refused(error);
    return null;
  }
}

/** Takes away the photo of a slot; without one all of them. */
export async function drop(slot) {
  if (slot) here.delete(slot);
  else here.clear();
  try {
    await act('readwrite', (store) => (slot ? store.delete(slot) : store.clear()));
  } catch (error) {
    refused(error);
  }
}

/** At a kiosk, which is nobody's: takes away what waited for who used this browser as their own telephone. */
export async function dropOwn() {
  try {
    await settled(indexedDB.deleteDatabase(OWN));
  } catch (error) {
    refused(error);
  }
}
