// Choosing regions for an office: from the administrator's own region down, list by list, one region or several.

import { call } from './api.js';
import { byId, h, words } from './page.js';
import { attempt } from './ulang.js';

const LAST = 4; // a village
const level = (code) => code.split('.').length;
const known = new Map();

async function children(parent) {
  if (!known.has(parent)) known.set(parent, (await call('GET', `wilayah?parent=${encodeURIComponent(parent)}`)).items);
  return known.get(parent);
}

/** Binds the picker of the page. Gives {open(roots, levels), codes()}: the regions chosen so far, none twice. */
export function places() {
  const host = byId('place-lists');
  const list = byId('place-chosen');
  let wanted = []; // levels that fit the role
  let kept = []; // [{code, name}] put aside
  let current = null; // {code, name} of the deepest list

  function draw() {
    list.replaceChildren(
      ...kept.map((one) => {
        const gone = h('button', { type: 'button', class: 'button button-small' }, one.name, h('span', {}, ` ${words('hapus')}`));
        gone.addEventListener('click', () => {
          kept = kept.filter((other) => other.code !== one.code);
          draw();
        });
        return h('li', {}, gone);
      }),
    );
    byId('place-add').hidden = !current || !wanted.includes(level(current.code)) || kept.some((one) => one.code === current.code);
  }

  /** A list at its place, before what it holds is known: what stands below does not move later. Gives fill(items). */
  function select(index, depth, onPick) {
    let items = [];
    const box = h('select', { id: `place-${index}`, name: 'regions', disabled: true });
    box.addEventListener('change', async () => {
      while (host.children.length > index + 1) host.lastElementChild.remove();
      const picked = items.find((one) => one.code === box.value) ?? null;
      await attempt(byId('place-notice'), () => onPick(picked));
      draw();
    });
    host.append(h('div', { class: 'field' }, h('label', { for: box.id }, words(`tingkat_${depth}`)), box));
    return (given) => {
      items = given;
      box.replaceChildren(new Option(words('pilih'), ''), ...items.map((one) => new Option(one.name, one.code)));
      box.disabled = false;
    };
  }

  /** The list of what lies directly in `parent`, as long as some deeper region fits. */
  async function below(parent, index) {
    const depth = level(parent.code) + 1;
    if (depth > Math.min(LAST, Math.max(...wanted))) return;
    while (host.children.length > index) host.lastElementChild.remove();
    const fill = select(index, depth, async (picked) => {
      current = picked ?? (index ? parent : null);
      if (picked) await below(picked, index + 1);
    });
    fill(await children(parent.code));
  }

  byId('place-add').addEventListener('click', () => {
    kept = [...kept, current];
    draw();
  });

  return {
    async open(roots, levels) {
      wanted = levels;
      kept = [];
      current = null;
      host.replaceChildren();
      if (roots.length === 1) await below(roots[0], 0);
      else if (roots.length) {
        select(0, 0, async (picked) => {
          current = null;
          if (picked) await below(picked, 1);
        })(roots);
      }
      draw();
    },
    codes() {
      const every = [...kept, ...(current && wanted.includes(level(current.code)) ? [current] : [])];
      return [...new Set(every.map((one) => one.code))];
    },
  };
}
