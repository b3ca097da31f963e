// What officers were refused on a day, for the administrator above them.

import { growing, query } from './admin-tabel.js';
import { byId, h, words } from './page.js';
import { moment, today } from './waktu.js';

function refused(one) {
  const label = (key) => h('span', { class: 'label' }, words(key));
  const about = [one.case_number ? h('span', { class: 'number' }, one.case_number) : null, one.about ? h('span', {}, one.about) : null].filter(Boolean);
  return h(
    'tr',
    {},
    h('td', {}, moment(one.at)),
    h('td', {}, label('kolom_petugas'), h('a', { href: `#orang/${one.officer_id}` }, one.name)),
    h('td', {}, label('kolom_diminta'), h('span', {}, one.action_label)),
    h('td', {}, label('kolom_tentang'), ...(about.length ? about : ['–'])),
  );
}

/** Binds the view. Gives {open()}. */
export function refusals(desk) {
  const day = byId('day');
  const table = growing('denials', (cursor) => desk.call('GET', `console/denials?${query({ day: day.value, cursor })}`), refused);
  day.addEventListener('change', () => day.value && table.anew());
  return {
    open() {
      day.value ||= today();
      return table.fill();
    },
  };
}
