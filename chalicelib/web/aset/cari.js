// Finding cases by a name, in one village: the officer's own, or one chosen below a wider office.

import { busy, byId, formErrors, h, tell, words } from './page.js';
import { date } from './waktu.js';

const VILLAGE = 4;
const NAMES = { 2: 'cari_kabupaten', 3: 'cari_kecamatan', [VILLAGE]: 'cari_desa' };
const SHORTEST = 3;
const level = (code) => code.split('.').length;

/** Binds the search. Gives {show(me)}: offers the villages of the officer's regions. */
export function searching(desk) {
  const form = byId('form-search');
  const host = byId('search-errors');
  const places = byId('search-places');
  let village = null; // {code, name}

  /** A list of places; the villages below a wider one are asked for in a list of their own. */
  function list(label, items, name) {
    const id = `search-place-${places.children.length}`;
    const select = h('select', { id, name }, new Option(words('pilih'), ''), ...items.map((one) => new Option(one.name, one.code)));
    const field = h('div', { class: 'field' }, h('label', { for: id }, label), select);
    select.addEventListener('change', () => {
      while (field.nextElementSibling) field.nextElementSibling.remove();
      const picked = items.find((one) => one.code === select.value);
      village = null;
      if (picked) choose(picked);
    });
    places.append(field);
  }

  async function choose(place) {
    if (level(place.code) === VILLAGE) {
      village = place;
      return;
    }
    try {
      const below = level(place.code) + 1;
      const { items } = await desk.call('GET', `wilayah?parent=${encodeURIComponent(place.code)}`);
      list(words(NAMES[below]), items, below === VILLAGE ? 'village' : `place-${below}`);
    } catch (error) {
      tell(host, error);
    }
  }

  function found(caseNumber, { name, state_label: state, submitted_at: at }) {
    return h(
      'li',
      {},
      h('a', { class: 'number', href: `#usulan/${encodeURIComponent(caseNumber)}` }, caseNumber),
      ' ',
      h('span', {}, name),
      h('small', { class: 'quiet' }, [state, at && date(at)].filter(Boolean).join(' · ')),
    );
  }

  function tally({ items, more }) {
    if (!items.length) return words('cari_kosong', { desa: village.name });
    if (more) return words('cari_lebih', { n: items.length });
    return items.length === 1 ? words('cari_satu') : words('cari_jumlah', { n: items.length });
  }

  function clear() {
    byId('search-said').textContent = '';
    byId('search-found').replaceChildren();
  }

  async function look(name) {
    try {
      const answer = await desk.call('POST', 'search', { body: { village: village.code, name } });
      byId('search-said').textContent = tally(answer);
      byId('search-found').replaceChildren(...answer.items.map((one) => found(one.case_number, one)));
    } catch (error) {
      if (Object.keys(error.fields ?? {}).length) formErrors(form, host, error.fields, error.message);
      else tell(host, error);
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const name = byId('search-name').value.trim();
    clear();
    const errors = {
      ...(village ? {} : { village: words('cari_pilih_desa') }),
      ...(name.length >= SHORTEST ? {} : { name: words('NAMA_TERLALU_PENDEK') }),
    };
    formErrors(form, host, errors);
    if (!Object.keys(errors).length) busy(byId('search'), () => look(name));
  });

  return {
    async show({ regions, may }) {
      byId('search-box').hidden = !may.includes('search');
      form.reset();
      clear();
      formErrors(form, host, {});
      places.replaceChildren();
      village = null;
      if (regions.length === 1) await choose(regions[0]);
      else if (regions.length) list(words('cari_wilayah'), regions, 'village');
    },
  };
}
