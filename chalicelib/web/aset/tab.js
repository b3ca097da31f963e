// One tab at a time fills in the form: two would write over each other's answers and photos.

import { atCounter } from './pintu.js';

const LOCK = 'berkas.formulir';

/**
 * Settles once the form is this tab's, and never while it is not. On a citizen's phone the tab opened last has it, and
 * `onLost()` tells the one before; at a counter somebody is being served in the first: `onWaiting()` says so, until that
 * tab is closed. A browser without locks (an old one, or plain HTTP) lets every tab go on.
 */
export function alone(onWaiting, onLost) {
  if (!navigator.locks) return Promise.resolve();
  return new Promise((mine) => {
    const hold = (options) =>
      navigator.locks.request(LOCK, options, (lock) => {
        if (!lock) {
          onWaiting();
          hold({});
          return null;
        }
        mine();
        return new Promise(() => {}); // until the tab is closed, or another takes it
      }).catch(onLost);
    hold(atCounter ? { ifAvailable: true } : { steal: true });
  });
}

/** Does `act` unless some tab is filling in the form. */
export function whenFree(act) {
  if (!navigator.locks) return act();
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? act() : null));
}
