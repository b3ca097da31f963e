// Photos one may add: inside, kitchen, toilet, meter, anything else. One tap each, and all may be left out.

import { byId, clone, notice, part, words } from './page.js';
import { isSent, isTaken, showWaiting, slotOf, waitingWords } from './photos.js';
import { refresh } from './reading.js';
import { photoSender } from './sender.js';
import { EXTRA } from './urutan.js';

/** One photo's row. Gives {slot, title, draw, refused}. */
function row(form, queue, slot, onChange) {
  const node = clone('t-extra');
  const title = words(`judul_${slot}`);
  const [state, host] = ['state', 'notice'].map((name) => part(node, name));
  part(node, 'title').textContent = title;
  part(node, 'hint').textContent = words(`saran_${slot}`);
  part(node, 'image').alt = title;
  for (const label of node.querySelectorAll('[data-for-whom]')) label.textContent = ` ${title}`;
  byId('extra-list').append(node);

  function draw() {
    const record = slotOf(form, slot);
    const taken = isTaken(form, slot);
    const sent = isSent(form, slot);
    part(node, 'take-label').textContent = words(taken ? 'ambil_ulang' : 'ambil');
    part(node, 'hint').hidden = taken;
    if (sender.isBusy()) return;
    const text = sent ? words('terkirim') : taken ? waitingWords(queue, slot) : '';
    if (state.textContent !== text) state.textContent = text;
    if (!taken) sender.shown.hide();
    else if (!sent) showWaiting(sender, queue, slot);
    else if (record?.picture) sender.shown.kept(record.picture.url);
    else sender.shown.unseen();
    const grave = record?.findings.find((one) => one.severity !== 'info');
    if (sent) notice(host, 'warning', grave?.message);
  }

  const changed = () => {
    draw();
    onChange();
  };
  const sender = photoSender(node, slot, {
    deliver: (blob) => queue.add(slot, blob),
    onStart: () => {
      part(node, 'hint').hidden = true;
    },
    onSent: changed,
    onRefused: draw,
  });
  return {
    slot,
    title,
    draw,
    clear: () => sender.shown.clear(),
    refused(text) {
      sender.shown.clear();
      changed();
      notice(host, 'warning', text);
    },
  };
}

/** Binds the step; `next` goes on. Gives {enter, draw, titles of the photos there are, rows by slot}. */
export function extraPhotos(form, queue, next) {
  const taken = () => rows.filter(({ slot }) => isTaken(form, slot));
  const label = () => {
    byId('extra-next').textContent = words(taken().length ? 'lanjut' : 'lanjut_tanpa');
  };
  const rows = EXTRA.map((slot) => row(form, queue, slot, label));
  const draw = () => {
    for (const one of rows) one.draw();
    label();
  };
  byId('extra-next').addEventListener('click', next);
  return {
    draw,
    clear() {
      for (const one of rows) one.clear();
    },
    rows: Object.fromEntries(rows.map((one) => [one.slot, one])),
    titles: () => taken().map(({ title }) => title),
    async enter() {
      draw();
      if (!rows.some(({ slot }) => isSent(form, slot))) return;
      await refresh(form);
      draw();
    },
  };
}
