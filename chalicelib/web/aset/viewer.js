// The documents of a case: tabs, the chosen one on a stage, and beside it the photo it replaced, if there is one.

import { h, part, words } from './page.js';
import { makeStage } from './stage.js';

/** Binds the viewer's element. Gives {open(documents), look(slot, boxes)}. */
export function viewer(root) {
  const [tabs, screens] = ['tabs', 'screens'].map((name) => part(root, name));
  const now = makeStage();
  const before = makeStage();
  screens.append(now.node, before.node);
  let documents = [];

  function select(slot, boxes = []) {
    const one = documents.find((each) => each.slot === slot);
    if (!one) return;
    for (const tab of tabs.children) {
      const chosen = tab.dataset.slot === slot;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen) tabs.scrollTo({ left: tab.offsetLeft - tabs.offsetLeft - tabs.clientWidth / 3 });
    }
    const compared = Boolean(one.previous);
    root.classList.toggle('compared', compared);
    before.node.hidden = !compared;
    now.show(slot, one.picture, words('gambar_dari', { judul: one.title }), compared ? words('foto_baru') : '');
    if (compared) before.show(slot, one.previous, words('gambar_lama', { judul: one.title }), words('foto_lama'));
    now.look(boxes);
  }

  tabs.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = [...tabs.children];
    const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
    select(next.dataset.slot);
    next.focus();
  });

  return {
    /** Takes the documents of a case: [{slot, title, picture, previous}]. */
    open(given) {
      documents = given;
      now.forget();
      before.forget();
      tabs.replaceChildren(
        ...documents.map((one) =>
          h('button', { type: 'button', role: 'tab', 'data-slot': one.slot, onclick: () => select(one.slot) }, one.title),
        ),
      );
      if (documents.length) select(documents[0].slot);
    },
    /** Turns to the document and goes to the boxes, drawn. */
    look: select,
  };
}
