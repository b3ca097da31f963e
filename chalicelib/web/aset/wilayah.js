// The region picker: four lists, each loaded when the one above is chosen; a village is a code like 13.11.04.2001.

import { call } from './api.js';
import { byId, fieldError, notice, tell, words } from './page.js';

const LEVELS = ['provinsi', 'kabupaten', 'kecamatan', 'desa'];
const cache = new Map();

/** The codes above and including `code`: 13, 13.11, 13.11.04, 13.11.04.2001. */
const chain = (code) => code.split('.').map((_, index, parts) => parts.slice(0, index + 1).join('.'));

async function children(parent) {
  if (!cache.has(parent)) {
    const path = parent ? `wilayah?parent=${encodeURIComponent(parent)}` : 'wilayah';
    cache.set(parent, (await call('GET', path, { cache: 'default', tries: 1, quiet: true })).items); // for everybody alike: a day old is fine
  }
  return cache.get(parent);
}

/** Binds the picker on the page; `onPick(code, label)` hears a village chosen, or ('', '') when it was undone. */
export function regionPicker(form, onPick) {
  const selects = LEVELS.map((level) => byId(`region-${level}`));
  const lists = byId('region-lists');
  const chosen = byId('region-chosen');
  const label = byId('region-label');
  let unheard = false; // the last list that was asked for did not come
  let opened = ''; // '' | 'auto' (no village known yet) | 'asked'

  const empty = (from) => {
    for (const select of selects.slice(from)) {
      select.replaceChildren(new Option(words('pilih'), ''));
      select.disabled = true;
    }
  };

  async function fill(index, parent, wanted = '') {
    const select = selects[index];
    empty(index);
    select.replaceChildren(new Option(words('memuat'), ''));
    try {
      const items = await children(parent);
      select.replaceChildren(new Option(words('pilih'), ''), ...items.map((one) => new Option(one.name, one.code)));
      select.disabled = false;
      unheard = false;
      byId('region-notice').replaceChildren();
      select.value = wanted;
      return select.value === wanted && wanted !== '';
    } catch (error) {
      select.replaceChildren(new Option(words('pilih'), ''));
      unheard = error.status === 0;
      const host = byId('region-notice');
      const body = unheard ? notice(host, 'info', words('desa_nanti')) : tell(host, error);
      const again = document.createElement('button');
      again.type = 'button';
      again.className = 'button button-small';
      again.textContent = words('muat_lagi');
      again.addEventListener('click', () => {
        byId('region-notice').replaceChildren();
        fill(index, parent, wanted);
      });
      body.append(again);
      return false;
    }
  }

  const named = () =>
    selects
      .map((select) => select.selectedOptions[0]?.text ?? '')
      .reverse()
      .join(', ');

  selects.forEach((select, index) => {
    select.addEventListener('change', async () => {
      fieldError(form, 'kode_wilayah');
      if (index === LEVELS.length - 1) onPick(select.value, select.value ? named() : '');
      else {
        onPick('', '');
        empty(index + 1);
        if (select.value) await fill(index + 1, select.value);
      }
    });
  });

  /** Opens the lists at `code`, as far as they know it. */
  async function open(code, why) {
    opened = why;
    chosen.hidden = true;
    lists.hidden = false;
    const path = code ? chain(code) : [];
    let parent = '';
    for (let index = 0; index < LEVELS.length; index += 1) {
      if (!(await fill(index, parent, path[index] ?? ''))) return;
      parent = path[index];
    }
  }

  let current = '';
  window.addEventListener('online', () => {
    if (unheard && !lists.hidden) open(current, opened);
  });
  byId('region-change').addEventListener('click', async () => {
    await open(current, 'asked');
    selects[0].focus();
  });
  return {
    /** Shows a village known by its name; without one the lists, once the person is there (`visible`). */
    show(code, name, visible = true) {
      const known = Boolean(code && name);
      if (opened === 'asked' || (opened === 'auto' && !known)) return;
      opened = '';
      current = code;
      label.textContent = name;
      chosen.hidden = !known;
      lists.hidden = known;
      if (!known && visible) open(code, 'auto');
    },
    isOpen: () => opened === 'asked',
    /** Whether there is no line to choose a village by. */
    isLost: () => unheard,
  };
}
