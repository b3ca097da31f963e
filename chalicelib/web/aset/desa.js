// One village, chosen from the officer's regions; where a region is wider, from the lists below it.

import { h, words } from './page.js';
import { attempt } from './ulang.js';

const VILLAGE = 4;
const NAMES = { 2: 'cari_kabupaten', 3: 'cari_kecamatan', [VILLAGE]: 'cari_desa' };
const level = (code) => code.split('.').length;

/**
 * Lists in `host` down to a village. `onVillage` hears {code, name}, or null while none is chosen; `problems` is where a
 * lost line is told. The last list is named `village`, the ids of all begin with `prefix`. Gives {show(regions)}.
 */
export function villageLists(desk, host, problems, prefix, onVillage) {
  function list(label, items, name) {
    const id = `${prefix}-place-${host.children.length}`;
    const select = h('select', { id, name }, new Option(words('pilih'), ''), ...items.map((one) => new Option(one.name, one.code)));
    const field = h('div', { class: 'field' }, h('label', { for: id }, label), select);
    select.addEventListener('change', () => {
      while (field.nextElementSibling) field.nextElementSibling.remove();
      const picked = items.find((one) => one.code === select.value);
      onVillage(null);
      if (picked) choose(picked);
    });
    host.append(field);
  }

  async function choose(place) {
    if (level(place.code) === VILLAGE) {
      onVillage(place);
      return;
    }
    await attempt(problems, async () => {
      const below = level(place.code) + 1;
      const { items } = await desk.call('GET', `wilayah?parent=${encodeURIComponent(place.code)}`);
      list(words(NAMES[below]), items, below === VILLAGE ? 'village' : `place-${below}`);
    });
  }

  return {
    async show(regions) {
      host.replaceChildren();
      onVillage(null);
      if (regions.length === 1) await choose(regions[0]);
      else if (regions.length) list(words('cari_wilayah'), regions, 'village');
    },
  };
}
