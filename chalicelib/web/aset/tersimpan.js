// The line that tells, on every step, what lies on this phone and what has been sent. Each change is told once, in words;
// how far a photo is, the bar shows without a word.

import { byId, words } from './page.js';
import { SLOTS } from './urutan.js';

const named = (slots) => slots.map((slot) => words(`judul_${slot}`)).join(', ');

/** Draws the line for a form and its queue; `isSent(slot)` says which photos have reached us. */
export function held(form, queue, isSent) {
  const [box, state, bar] = ['held', 'held-state', 'held-bar'].map(byId);
  return () => {
    const { draft, step } = form;
    const { sending, share, waiting, loose } = queue.now;
    const [kept, sent] = [queue.waits(), SLOTS.filter(isSent)];
    const lines = [];
    if (sending) lines.push(words('sedang_dikirim', { foto: named([sending]) }));
    const rest = kept.filter((slot) => slot !== sending);
    if (rest.length) lines.push(words('di_hp', { foto: named(rest) }));
    if (waiting) lines.push(words(draft.wanted || rest.length ? 'saat_ada_sinyal' : 'isian_di_hp'));
    if (loose.size) lines.push(words('jangan_tutup'));
    if (sent.length) lines.push(words('sudah_dikirim', { foto: named(sent) }));
    const text = lines.join(' ');
    box.hidden = !text || !draft.target || ['siapa', 'lanjut', 'bukti'].includes(step);
    if (state.textContent !== text) state.textContent = text;
    bar.hidden = !sending;
    bar.value = share;
  };
}
