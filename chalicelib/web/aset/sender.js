// One photo being chosen, made ready and handed on: what every place that takes a photo does the same way.

import { loaded } from './api.js';
import { h, notice, part, tell, words } from './page.js';
import { preview } from './preview.js';

/**
 * Binds the parts camera, gallery, preview (see preview.js), state, progress and notice of `root`. `deliver(blob, {onProgress,
 * onWaiting})` sends or keeps what was made ready; `onStart` hears a file chosen, `onSent` that it was delivered, `onRefused`
 * that it cannot be taken at all.
 */
export function photoSender(root, slot, { deliver, onStart, onSent, onRefused }) {
  const [state, progress, host] = ['state', 'progress', 'notice'].map((name) => part(root, name));
  const shown = preview(root);
  let running = 0;
  let lastFile = null; // chosen, and not with us yet
  let settle = () => {}; // ends a question about the last photo that nobody answered

  /** The focus goes to the camera from a button in the notice, which is about to be taken away. */
  const away = () => host.contains(document.activeElement) && part(root, 'camera').focus();

  async function send(file) {
    running += 1;
    const mine = running;
    const isMine = () => mine === running;
    lastFile = file;
    notice(host);
    state.textContent = words('mengecilkan');
    let blob = null;
    try {
      const { prepared, typeOf } = await loaded(import('./foto.js'));
      const type = await typeOf(file);
      if (type) shown.file(file, type);
      onStart();
      const { blob: small, looks } = await prepared(file, type, slot);
      blob = small;
      if (!isMine()) return;
      if (!type) shown.file(blob, blob.type);
      if (looks) {
        await asked(looks);
        if (!isMine()) return;
        away();
        notice(host);
      }
      progress.value = 0;
      await deliver(blob, {
        onWaiting: () => {
          if (isMine()) state.textContent = words('menunggu_sinyal');
        },
        onProgress: (share) => {
          if (!isMine()) return;
          if (progress.hidden) state.textContent = words('mengirim');
          progress.hidden = false;
          progress.value = share;
        },
      });
      if (!isMine()) return;
      lastFile = null;
      state.textContent = words('terkirim');
      onSent();
    } catch (error) {
      if (!isMine()) return;
      state.textContent = blob ? words('tidak_terkirim') : '';
      if (!blob) {
        lastFile = null;
        shown.clear();
        onRefused();
      }
      const body = tell(host, error);
      if (error.status === 0 || error.status >= 500) body.append(again());
    } finally {
      if (isMine()) progress.hidden = true;
    }
  }

  /** Says what is wrong with the photo; settles once the person sends it all the same, or has chosen another. */
  function asked(looks) {
    return new Promise((resolve) => {
      settle = resolve;
      state.textContent = '';
      const body = notice(host, 'warning', words(`tampak_${looks}`));
      body.append(h('button', { type: 'button', class: 'button button-small', onclick: resolve }, words('kirim_saja')));
    });
  }

  const again = () =>
    h('button', { type: 'button', class: 'button button-small', onclick: () => lastFile && sender.start(lastFile) }, words('kirim_lagi'));

  const sender = {
    shown,
    /** Whether a chosen photo is still being made ready or delivered. */
    isBusy: () => lastFile !== null,
    start(file) {
      away();
      settle();
      send(file);
    },
  };
  for (const name of ['camera', 'gallery']) {
    const input = part(root, name);
    input.addEventListener('change', () => {
      const [file] = input.files;
      if (file) sender.start(file);
      input.value = '';
    });
  }
  return sender;
}
