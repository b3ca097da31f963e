// Photos that came back: taken again, sent again, under the same case number.

import { call, newKey } from './api.js';
import { sendPhoto } from './foto.js';
import { busy, byId, clone, notice, part, tell, words } from './page.js';

/** One returned photo: why, what was sent before, and two ways to a new one. `onSent(slot)` hears a photo arrive. */
function returned(view, secret, need, onSent) {
  const node = clone('t-mend');
  const [image, preview, state, progress, host] = ['image', 'preview', 'state', 'progress', 'notice'].map((name) => part(node, name));
  part(node, 'title').textContent = need.title;
  part(node, 'message').textContent = need.message;
  const before = view.slots.find((one) => one.slot === need.slot)?.picture;
  const show = (url, text) => {
    image.src = url;
    image.alt = need.title;
    preview.hidden = false;
    state.textContent = text;
  };
  if (before) show(before.url, words(need.sent ? 'terkirim' : 'foto_lama'));

  async function send(file) {
    notice(host);
    show(URL.createObjectURL(file), words('mengecilkan'));
    progress.hidden = false;
    progress.value = 0;
    try {
      await sendPhoto({
        caseNumber: view.case_number,
        secret,
        slot: need.slot,
        file,
        onState: (what) => {
          state.textContent = what === 'waiting' ? words('menunggu_sinyal') : words('mengecilkan');
        },
        onProgress: (share) => {
          progress.value = share;
          state.textContent = words('mengirim', { persen: Math.round(share * 100) });
        },
      });
      state.textContent = words('terkirim');
      onSent(need.slot);
    } catch (error) {
      state.textContent = words('tidak_terkirim');
      tell(host, error);
    } finally {
      progress.hidden = true;
    }
  }
  for (const name of ['camera', 'gallery']) {
    const input = part(node, name);
    input.addEventListener('change', () => {
      const [file] = input.files;
      if (file) send(file);
      input.value = '';
    });
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
