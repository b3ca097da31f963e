// Finding cases by a name, in one village: the officer's own, or one chosen below a wider office.

import { villageLists } from './desa.js';
import { busy, byId, formErrors, h, tell, words } from './page.js';
import { date } from './waktu.js';

const SHORTEST = 3;

/** Binds the search. Gives {show(me)}: offers the villages of the officer's regions. */
export function searching(desk) {
  const form = byId('form-search');
  const host = byId('search-errors');
  let village = null; // {code, name}

  const lists = villageLists(desk, byId('search-places'), host, 'search', (chosen) => {
    village = chosen;
  });

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
      await lists.show(regions);
    },
  };
}
