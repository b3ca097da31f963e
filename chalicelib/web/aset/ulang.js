// A look that failed can be taken again: by hand, and by itself once this machine finds its line.

import { busy, byId, h, icon, notice, tell, words } from './page.js';

/** Whether the same may go well later: no line, a fault of ours, too many at once. */
const passing = (error) => !error.status || error.status >= 500 || error.status === 429;

/** Tells `error` in `host`; where it may pass, with a button for `again()`, which a line that is back presses by itself. */
export function offer(host, error, again) {
  const body = tell(host, error);
  if (!passing(error)) return;
  const button = h('button', { type: 'button', class: 'button button-small', 'data-again': true }, icon('ulang'), words('ulangi'));
  const go = async () => {
    window.removeEventListener('online', go);
    if (!button.isConnected) return; // something else was done meanwhile
    const near = document.activeElement === button;
    await busy(button, again);
    // where the finger was: the button of the next fault, or the heading above what has come
    if (near && document.activeElement === document.body) {
      (host.querySelector('[data-again]') ?? host.closest('section, #inside')?.querySelector('[tabindex="-1"]'))?.focus({ preventScroll: true });
    }
  };
  button.addEventListener('click', go);
  if (error.status === 0) window.addEventListener('online', go);
  body.append(button);
}

/** Runs `work` and gives whether it went well. What goes wrong is told in `host`, with a way to run it again; after 401 the
 *  session tells it. */
export async function attempt(host, work) {
  try {
    await work();
  } catch (error) {
    if (error.status !== 401) offer(host, error, () => attempt(host, work));
    return false;
  }
  if (host.querySelector('[data-again]')) notice(host);
  return true;
}

/** Binds the button that brings the next page of a list; what goes wrong is told beside it, where the finger is. */
export function further(id, work) {
  const host = byId(`${id}-notice`);
  byId(id).addEventListener('click', () =>
    busy(byId(id), async () => {
      notice(host);
      try {
        await work();
      } catch (error) {
        if (error.status !== 401) tell(host, error);
      }
    }),
  );
}
