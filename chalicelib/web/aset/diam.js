// Nobody has touched the page for a while: says so, counts down, and only then ends. A touch or a button goes on.

import { byId } from './page.js';

const QUIET = 3 * 60_000; // milliseconds without a touch before the question
const ANSWER = 60_000; // milliseconds to answer it, each time anew (WCAG 2.2.1)

/** Watches the page; `over()` runs when nobody answers. Parts: dialog #idle, its #idle-left and #idle-stay. */
export function whenQuiet(over) {
  const dialog = byId('idle');
  let touched = Date.now();
  let deadline = 0; // 0: the question is not asked

  function goOn() {
    touched = Date.now();
    deadline = 0;
    if (dialog.open) dialog.close();
  }

  for (const act of ['pointerdown', 'keydown', 'input', 'scroll']) {
    window.addEventListener(act, () => {
      if (!deadline) touched = Date.now();
    }, { passive: true, capture: true });
  }
  byId('idle-stay').addEventListener('click', goOn);
  dialog.addEventListener('cancel', goOn);

  setInterval(() => {
    const now = Date.now();
    if (!deadline) {
      if (document.hidden || now - touched < QUIET) return; // behind the camera nobody could answer
      deadline = now + ANSWER;
      if (!dialog.open) dialog.showModal();
    }
    byId('idle-left').textContent = Math.max(0, Math.ceil((deadline - now) / 1000));
    if (now >= deadline) over();
  }, 1000);
}
