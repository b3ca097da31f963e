// One photo step: choose, send with progress, go on; or see what was sent and take it again.

import { saveDraft } from './draft.js';
import { sendPhoto } from './foto.js';
import { byId, notice, part, tell, words } from './page.js';
import { findings, refresh } from './reading.js';

const STATE = { reading: 'sedang_dibaca', read: 'sudah_dibaca' };
const READ_SLOTS = new Set(['ktp', 'kk']); // a house has nothing to read

/** The slot's record in the last view, or undefined. */
export const slotOf = (form, slot) => form.view?.slots.find((one) => one.slot === slot);

/** Whether a photo of this slot has reached us. */
export function isSent(form, slot) {
  const record = slotOf(form, slot);
  return Boolean(form.draft.sent[slot]) || ['reading', 'read', 'failed'].includes(record?.state);
}

/** Binds the section of one photo; `onSent` goes on to the next step. Gives {enter}. */
export function photoStep(form, section, onSent) {
  const { slot } = section.dataset;
  const [guide, preview, image, state, progress, tips, next, take, host] = [
    'guide', 'preview', 'image', 'state', 'progress', 'tips', 'next', 'take', 'notice',
  ].map((name) => part(section, name));
  let running = 0;
  let local = '';
  let lastFile = null;

  function shape(chosen) {
    guide.hidden = chosen;
    tips.hidden = chosen;
    preview.hidden = !chosen;
    part(section, 'take-label').textContent = words(chosen ? 'ambil_ulang' : 'ambil');
    take.classList.toggle('button-main', !chosen);
  }

  function keepLocal(blob) {
    if (local) URL.revokeObjectURL(local);
    local = URL.createObjectURL(blob);
    image.src = local;
    image.hidden = false;
  }

  function heard(what) {
    if (what === 'sending') state.textContent = words('mengirim', { persen: 0 });
    else state.textContent = words(what === 'shrinking' ? 'mengecilkan' : 'menunggu_sinyal');
  }

  async function send(file) {
    running += 1;
    const mine = running;
    const isMine = () => mine === running;
    lastFile = file;
    host.replaceChildren();
    shape(true);
    keepLocal(file);
    next.hidden = true;
    progress.hidden = false;
    progress.value = 0;
    try {
      await sendPhoto({
        caseNumber: form.draft.case_number,
        secret: form.draft.secret,
        slot,
        file,
        onState: (what) => isMine() && heard(what),
        onProgress: (share) => {
          if (!isMine()) return;
          progress.value = share;
          state.textContent = words('mengirim', { persen: Math.round(share * 100) });
        },
      });
      if (!isMine()) return;
      form.draft.sent[slot] = new Date().toISOString();
      saveDraft(form.draft);
      form.deadline = 0;
      state.textContent = words('terkirim');
      lastFile = null;
      if (form.step === section.dataset.step) onSent();
    } catch (error) {
      if (!isMine()) return;
      state.textContent = words('tidak_terkirim');
      const body = tell(host, error);
      if (error.status === 0 || error.status >= 500) body.append(againButton());
    } finally {
      if (isMine()) progress.hidden = true;
    }
  }

  function againButton() {
    const again = document.createElement('button');
    again.type = 'button';
    again.className = 'button button-small';
    again.textContent = words('kirim_lagi');
    again.addEventListener('click', () => lastFile && send(lastFile));
    return again;
  }

  for (const name of ['camera', 'gallery']) {
    const input = part(section, name);
    input.addEventListener('change', () => {
      const [file] = input.files;
      if (file) send(file);
      input.value = '';
    });
  }
  next.addEventListener('click', () => {
    if (isSent(form, slot)) onSent();
    else notice(host, 'error', words('foto_kurang'));
  });

  /** Shows what is known of this photo; asks the server once when something was sent before. */
  async function enter() {
    if (lastFile) return;
    host.replaceChildren();
    const sent = isSent(form, slot);
    shape(sent);
    next.hidden = !sent;
    if (!sent) return;
    state.textContent = words('terkirim');
    image.hidden = !local;
    await refresh(form);
    const record = slotOf(form, slot);
    if (!record || form.step !== section.dataset.step) return;
    state.textContent = words((READ_SLOTS.has(slot) && STATE[record.state]) || 'terkirim');
    if (!local && record.picture) {
      image.src = record.picture.url;
      image.hidden = false;
    }
    findings(host, [record]);
  }

  return { enter };
}

/** The section of the photo step named `step`. */
export const photoSection = (step) => byId('isi').querySelector(`[data-step="${step}"]`);
