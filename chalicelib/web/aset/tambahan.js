// Photos one may add: inside, kitchen, toilet, meter, anything else. One tap each, and all may be left out.

import { byId, clone, notice, part, words } from './page.js';
import { accessOf, isSent, markSent, slotOf } from './photos.js';
import { refresh } from './reading.js';
import { photoSender } from './sender.js';

const EXTRA = ['rumah_dalam', 'dapur', 'jamban', 'meteran', 'lain'];

/** One photo's row. Gives {slot, sender, draw}. */
function row(form, slot, onChange) {
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
    const sent = isSent(form, slot);
    part(node, 'take-label').textContent = words(sent ? 'ambil_ulang' : 'ambil');
    part(node, 'hint').hidden = sent;
    if (sender.isBusy()) return;
    state.textContent = sent ? words('terkirim') : '';
    if (!sent) sender.shown.hide();
    else if (record?.picture) sender.shown.kept(record.picture.url);
    else sender.shown.unseen();
    const grave = record?.findings.find((one) => one.severity !== 'info');
    if (sent) notice(host, 'warning', grave?.message);
  }

  const sender = photoSender(node, slot, {
    access: () => accessOf(form),
    onStart: () => {
      part(node, 'hint').hidden = true;
    },
    onSent: () => {
      markSent(form, slot);
      draw();
      onChange();
    },
    onRefused: draw,
  });
  return { slot, title, sender, draw };
}

/** Binds the step; `next` goes on. Gives {enter, titles of what was sent, senders}. */
export function extraPhotos(form, next) {
  const label = () => {
    byId('extra-next').textContent = words(rows.some(({ slot }) => isSent(form, slot)) ? 'lanjut' : 'lanjut_tanpa');
  };
  const rows = EXTRA.map((slot) => row(form, slot, label));
  const draw = () => {
    for (const one of rows) one.draw();
    label();
  };
  byId('extra-next').addEventListener('click', next);
  return {
    senders: rows.map(({ sender }) => sender),
    titles: () => rows.filter(({ slot }) => isSent(form, slot)).map(({ title }) => title),
    async enter() {
      draw();
      if (!rows.some(({ slot }) => isSent(form, slot))) return;
      await refresh(form);
      draw();
    },
  };
}
