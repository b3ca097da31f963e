// What goes out of this phone, in order, as soon as there is a line: the case is begun, then photos one by one, then the
// usulan itself. What waits stands in the draft and in gudang.js, so that a killed page goes on where it was.

import { call, pause } from './api.js';
import { keyFor, saveDraft } from './draft.js';
import { drop, get, put } from './gudang.js';
import { beginning } from './pintu.js';
import { sendPhoto } from './pos.js';
import { SLOTS } from './urutan.js';

const PAUSES = [2000, 4000, 8000, 15_000, 30_000]; // milliseconds between tries; the line coming back ends one
const LOST = new Set([0, 408, 425, 429, 500, 502, 503, 504]);

/** Whether the same may well succeed a little later. */
export const isLost = (error) => LOST.has(error.status);

/**
 * The queue of a form. `hear` is told each change of {sending: slot or '', share, waiting, loose (slots only this page
 * holds)}; `onSent(slot)` a photo's arrival; `onRefused(slot, error)` one that cannot be taken; `onFault(error)` what ends
 * it: the case is gone or was sent elsewhere; `last()` sends the usulan itself once no photo waits.
 */
export function outbox(form, { hear, onSent, onRefused, onFault, last }) {
  const now = { sending: '', share: 0, waiting: false, loose: new Set() };
  let running = null;

  const changed = (more) => hear(Object.assign(now, more));
  const waits = () => SLOTS.filter((slot) => form.draft.kept[slot]);

  async function begin() {
    const { draft } = form;
    const [path, body] = beginning(draft.target);
    const made = await call('POST', path, { body, key: keyFor(draft, 'buat', body), tries: 0, quiet: true });
    if (form.draft !== draft) return; // thrown away meanwhile
    Object.assign(draft, { case_number: made.case_number, secret: made.secret });
    form.view ??= made.case;
    saveDraft(draft);
    window.dispatchEvent(new Event('begun'));
  }

  async function photo(slot) {
    const { draft } = form;
    const at = draft.kept[slot];
    const blob = await get(slot, at);
    const isMine = () => form.draft === draft && draft.kept[slot] === at;
    if (!blob) {
      if (isMine()) gone(slot);
      return;
    }
    changed({ sending: slot, share: 0 });
    const name = `foto ${slot}`;
    try {
      const key = keyFor(draft, name, { at, size: blob.size });
      const { case_number: caseNumber, secret } = draft;
      await sendPhoto({ caseNumber, secret, slot, blob, key, tries: 1, quiet: true, onProgress: (share) => isMine() && changed({ share }) });
      if (!isMine()) return; // another photo took its place, and its turn comes
      draft.sent[slot] = new Date().toISOString();
      await forget(slot);
      onSent(slot);
    } catch (error) {
      if (error.code === 'DATA_BERUBAH') delete draft.keys[name]; // another phone sent one meanwhile: this is the later
      else if (isLost(error) || error.status === 404 || error.code === 'SUDAH_DIKIRIM') throw error;
      else if (isMine()) {
        await forget(slot);
        onRefused(slot, error);
      }
    }
  }

  async function forget(slot) {
    delete form.draft.kept[slot];
    now.loose.delete(slot);
    saveDraft(form.draft);
    await drop(slot);
  }

  /** The phone itself threw the photo away. */
  function gone(slot) {
    delete form.draft.kept[slot];
    saveDraft(form.draft);
    onRefused(slot, null);
  }

  async function go() {
    for (let lost = 0; form.draft.target; ) {
      try {
        if (!form.draft.case_number) await begin();
        else if (waits().length) await photo(waits()[0]);
        else if (form.draft.wanted) await last();
        else break;
        lost = 0;
        changed({ waiting: false });
      } catch (error) {
        if (!isLost(error)) {
          onFault(error);
          break;
        }
        changed({ sending: '', waiting: true });
        await pause(PAUSES[Math.min(lost, PAUSES.length - 1)]);
        lost += 1;
      }
    }
    changed({ sending: '', waiting: false });
  }

  const queue = {
    now,
    waits,
    /** Goes on with what waits; while it runs already, that run takes it along. */
    run() {
      running ??= go().finally(() => {
        running = null;
        if (waits().length && form.draft.case_number) queue.run(); // came in between the last look and the end
      });
      return running;
    },
    /** Keeps a prepared photo and lets it wait its turn. */
    async add(slot, blob) {
      const at = new Date().toISOString();
      const kept = await put(slot, blob, at);
      now.loose.delete(slot);
      if (!kept) now.loose.add(slot);
      form.draft.kept[slot] = at;
      delete form.draft.sent[slot];
      saveDraft(form.draft);
      changed({});
      queue.run();
    },
    photo: (slot) => get(slot, form.draft.kept[slot]),
    /** All that waits is thrown away. */
    async clear() {
      now.loose.clear();
      changed({ sending: '', waiting: false });
      await drop();
    },
  };
  return queue;
}
