// One photo step: choose, send with progress, go on; or see what was sent and take it again.

import { saveDraft } from './draft.js';
import { byId, notice, part, words } from './page.js';
import { findings, watch } from './reading.js';
import { photoSender } from './sender.js';

const STATE = { reading: 'sedang_dibaca', read: 'sudah_dibaca', failed: 'belum_dibaca' };
const READ_SLOTS = new Set(['ktp', 'kk']); // a house has nothing to read

/** The slot's record in the last view, or undefined. */
export const slotOf = (form, slot) => form.view?.slots.find((one) => one.slot === slot);

/** Whether a photo of this slot has reached us. */
export function isSent(form, slot) {
  const record = slotOf(form, slot);
  return Boolean(form.draft.sent[slot]) || ['reading', 'read', 'failed'].includes(record?.state);
}

/** Remembers on this phone that a photo of the slot has reached us. */
export function markSent(form, slot) {
  form.draft.sent[slot] = new Date().toISOString();
  saveDraft(form.draft);
}

export const accessOf = (form) => ({ caseNumber: form.draft.case_number, secret: form.draft.secret });

/** Binds the section of one photo; `onSent` goes on to the next step. Gives {enter, sender}. */
export function photoStep(form, section, onSent) {
  const { slot } = section.dataset;
  const [guide, state, tips, next, take, host] = ['guide', 'state', 'tips', 'next', 'take', 'notice'].map((name) => part(section, name));

  function shape(chosen) {
    guide.hidden = chosen;
    tips.hidden = chosen;
    if (!chosen) sender.shown.hide();
    part(section, 'take-label').textContent = words(chosen ? 'ambil_ulang' : 'ambil');
    take.classList.toggle('button-main', !chosen);
  }

  const sender = photoSender(section, slot, {
    access: () => accessOf(form),
    onStart: () => {
      shape(true);
      next.hidden = true;
    },
    onSent: () => {
      markSent(form, slot);
      form.deadline = 0;
      if (form.step === section.dataset.step) onSent();
    },
    onRefused: () => {
      shape(false);
      next.hidden = !isSent(form, slot);
    },
  });

  next.addEventListener('click', () => {
    if (isSent(form, slot)) onSent();
    else notice(host, 'error', words('foto_kurang'));
  });

  const isHere = () => form.step === section.dataset.step && !sender.isBusy();

  /** Shows what is known of this photo; while it is being read, asks again. */
  async function enter() {
    if (sender.isBusy()) return;
    host.replaceChildren();
    const sent = isSent(form, slot);
    shape(sent);
    next.hidden = !sent;
    if (!sent) return;
    state.textContent = words('terkirim');
    sender.shown.unseen();
    draw();
    await watch(form, isHere, draw);
  }

  function draw() {
    const record = slotOf(form, slot);
    if (!record) return;
    state.textContent = words((READ_SLOTS.has(slot) && STATE[record.state]) || 'terkirim');
    if (record.picture) sender.shown.kept(record.picture.url);
    findings(host, [record]);
  }

  return { enter, sender };
}

/** The section of the photo step named `step`. */
export const photoSection = (step) => byId('isi').querySelector(`[data-step="${step}"]`);
