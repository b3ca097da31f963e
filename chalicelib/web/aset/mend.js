// Photos that came back: taken again, sent again, under the same case number, the old one beside the new.

import { call, newKey } from './api.js';
import { busy, byId, notice, part, tell, words } from './page.js';
import { sendPhoto } from './pos.js';
import { photoSender } from './sender.js';

/** Binds what came back on the page that was answered; `onSent()` hears that the case was sent again. */
export function mending(caseNumber, secret, onSent) {
  const returned = [...document.querySelectorAll('#needs-list [data-slot]')];
  if (!returned.length) return;
  const missing = new Set();
  for (const node of returned) {
    const { slot, sent } = node.dataset;
    if (!sent) missing.add(slot);
    photoSender(node, slot, {
      deliver: (blob, heard) => sendPhoto({ caseNumber, secret, slot, blob, ...heard }),
      onStart: () => {},
      onSent: () => missing.delete(slot),
      onRefused: () => {},
    });
  }
  const host = byId('mend-notice');
  const key = newKey();
  byId('mend-send').addEventListener('click', () => {
    notice(host);
    if (missing.size) {
      notice(host, 'error', words('foto_kurang'));
      return;
    }
    busy(byId('mend-send'), async () => {
      try {
        await call('POST', `usulan/${encodeURIComponent(caseNumber)}/mending`, { body: {}, secret, key });
        await onSent();
      } catch (error) {
        tell(host, error);
      }
    });
  });
}
