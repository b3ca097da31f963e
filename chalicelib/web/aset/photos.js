// One photo step: choose, keep, go on; or see what became of the photo and take it again.

import { notice, part, words } from './page.js';
import { findings, watch } from './reading.js';
import { photoSender } from './sender.js';

const STATE = { reading: 'sedang_dibaca', read: 'sudah_dibaca', failed: 'belum_dibaca' };
const READ_SLOTS = new Set(['ktp', 'kk']); // a house has nothing to read

/** The slot's record in the last view, or undefined. */
export const slotOf = (form, slot) => form.view?.slots.find((one) => one.slot === slot);

/** Whether a photo of this slot has reached us, and no later one waits here. */
export function isSent(form, slot) {
  if (form.draft.kept[slot]) return false;
  const record = slotOf(form, slot);
  return Boolean(form.draft.sent[slot]) || ['reading', 'read', 'failed'].includes(record?.state);
}

/** Whether there is a photo of this slot, here or with us. */
export const isTaken = (form, slot) => Boolean(form.draft.kept[slot]) || isSent(form, slot);

/** What is to be said of a photo that waits on this phone. */
export function waitingWords(queue, slot) {
  if (queue.now.loose.has(slot)) return words('hanya_di_halaman');
  return words(queue.now.sending === slot ? 'mengirim' : 'di_hp_ini');
}

/** Shows the photo that waits on this phone, unless the person sees it already. */
export async function showWaiting(sender, queue, slot) {
  if (sender.shown.isShown()) return;
  const blob = await queue.photo(slot);
  if (blob) sender.shown.file(blob, blob.type);
}

/** Binds the section of one photo; `onTaken` goes on to the next step. Gives {enter, draw, refused}. */
export function photoStep(form, queue, section, onTaken) {
  const { slot } = section.dataset;
  const [guide, state, tips, next, take, host] = ['guide', 'state', 'tips', 'next', 'take', 'notice'].map((name) => part(section, name));
  let fault = ''; // why the last photo cannot be taken

  function shape(chosen) {
    guide.hidden = chosen;
    tips.hidden = chosen;
    if (!chosen) sender.shown.hide();
    part(section, 'take-label').textContent = words(chosen ? 'ambil_ulang' : 'ambil');
    take.classList.toggle('button-main', !chosen);
  }

  const sender = photoSender(section, slot, {
    deliver: (blob) => queue.add(slot, blob),
    onStart: () => {
      fault = '';
      shape(true);
      next.hidden = true;
    },
    onSent: () => {
      form.deadline = 0;
      if (form.step === section.dataset.step) onTaken();
    },
    onRefused: () => {
      shape(false);
      next.hidden = !isTaken(form, slot);
    },
  });

  next.addEventListener('click', () => {
    if (isTaken(form, slot)) onTaken();
    else notice(host, 'error', words('foto_kurang'));
  });

  const isHere = () => form.step === section.dataset.step && !sender.isBusy();

  /** Shows what is known of this photo; while it is being read, asks again. */
  async function enter() {
    if (sender.isBusy()) return;
    host.replaceChildren();
    const taken = isTaken(form, slot);
    shape(taken);
    next.hidden = !taken;
    if (fault) notice(host, 'warning', fault);
    if (!taken) return;
    sender.shown.unseen();
    draw();
    if (isSent(form, slot)) await watch(form, isHere, draw);
  }

  function draw() {
    if (!isHere() || !isTaken(form, slot)) return;
    if (form.draft.kept[slot]) {
      said(waitingWords(queue, slot));
      showWaiting(sender, queue, slot);
      return;
    }
    const record = slotOf(form, slot);
    said(words((READ_SLOTS.has(slot) && STATE[record?.state]) || 'terkirim'));
    if (!record) return;
    if (record.picture) sender.shown.kept(record.picture.url);
    findings(host, [record]);
  }

  /** Tells a change once: the region is live. */
  function said(text) {
    if (state.textContent !== text) state.textContent = text;
  }

  return {
    enter,
    draw,
    /** The draft was thrown away. */
    clear() {
      fault = '';
      sender.shown.clear();
    },
    /** The photo that waited cannot be taken; it is to be taken again. */
    refused(text) {
      fault = text;
      sender.shown.clear();
      if (isHere()) enter();
    },
  };
}
