// Photos that came back: taken again, sent again, under the same case number, the old one beside the new.

import { call, newKey } from './api.js';
import { busy, byId, clone, notice, part, tell, words } from './page.js';
import { photoSender } from './sender.js';

/** One returned photo: why, what was sent before, and two ways to a new one. `onSent(slot)` hears a photo arrive. */
function returned(view, secret, need, onSent) {
  const node = clone('t-mend');
  part(node, 'title').textContent = need.title;
  part(node, 'message').textContent = need.message;
  part(node, 'image').alt = words('foto_baru_dari', { judul: need.title });
  for (const label of node.querySelectorAll('[data-for-whom]')) label.textContent = ` ${need.title}`;
  const sender = photoSender(node, need.slot, {
    access: () => ({ caseNumber: view.case_number, secret }),
    onStart: () => {},
    onSent: () => onSent(need.slot),
    onRefused: () => {},
  });
  const picture = view.slots.find((one) => one.slot === need.slot)?.picture;
  if (need.sent) {
    part(node, 'state').textContent = words('terkirim');
    if (picture) sender.shown.kept(picture.url);
    else sender.shown.unseen();
  } else if (picture) {
    part(node, 'before-image').src = picture.url;
    part(node, 'before-image').alt = words('foto_lama_dari', { judul: need.title });
    part(node, 'before').hidden = false;
  }
  return node;
}

/** Fills #needs-list with what came back; `onView(view)` hears the case once it is sent again. */
export function mending(view, secret, onView) {
  const missing = new Set(view.needs.filter((need) => !need.sent).map((need) => need.slot));
  const host = byId('mend-notice');
  const key = newKey();
  notice(host);
  byId('needs-list').replaceChildren(
    ...view.needs.map((need) => returned(view, secret, need, (slot) => missing.delete(slot))),
  );
  byId('mend-send').onclick = () => {
    if (missing.size) {
      notice(host, 'error', words('foto_kurang'));
      return;
    }
    busy(byId('mend-send'), async () => {
      try {
        onView(await call('POST', `usulan/${encodeURIComponent(view.case_number)}/mending`, { body: {}, secret, key }));
      } catch (error) {
        tell(host, error);
      }
    });
  };
}
