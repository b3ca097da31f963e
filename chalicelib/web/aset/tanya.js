// Asked once, before what cannot be taken back.

import { byId } from './page.js';

/** Whether the officer says yes. `title` is the question, `about` what comes of it, `yes` what the button does. */
export function asked(title, about, yes) {
  const dialog = byId('ask');
  byId('ask-title').textContent = title;
  byId('ask-about').textContent = about;
  byId('ask-yes').textContent = yes;
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'ya'), { once: true });
  });
}
