// One row of a list that cannot be saved yet: what is wrong, the way out, and the fields to mend it in.

import { h, icon, words } from './page.js';

const WEIGHTS = { note: 'info', mended: 'ok' };

/** A card for the row. `again(button, number)` judges it anew, `remove(row)` takes it off the list. */
export function rowCard(row, { again, remove }) {
  const wrong = new Map(); // field → its first stopping remark
  for (const remark of row.remarks) {
    if (remark.weight === 'stops' && !wrong.has(remark.field)) wrong.set(remark.field, remark);
  }
  const title = words('baris', { n: row.row, nama: row.values.nama || words('tanpa_nama') });
  const button = h('button', { type: 'button', class: 'button button-small' }, words('periksa_baris'), readers(row));
  const card = h(
    'li',
    { class: 'card row-card', 'data-row': row.row },
    h('h3', {}, title),
    ...[...wrong.values()].map((remark) => field(row, remark)),
    notes(row),
    h('div', { 'data-part': 'problem', 'aria-live': 'polite' }),
    h(
      'div',
      { class: 'row' },
      button,
      h('button', { type: 'button', class: 'button button-small button-plain', onclick: () => remove(row) }, words('hapus_baris'), readers(row)),
    ),
  );
  button.addEventListener('click', () => again(button, row.row));
  card.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target.tagName === 'INPUT') again(button, row.row);
  });
  return card;
}

const readers = (row) => h('span', { class: 'seen-only-by-readers' }, ` ${words('baris_nomor', { n: row.row })}`);

function field(row, { field: name, message, hint, proposal }) {
  const id = `row-${row.row}-${name}`;
  const number = ['nik', 'nomor_kk', 'rt', 'rw'].includes(name);
  const input = h('input', {
    id, value: row.values[name] ?? '', class: number ? 'number' : null, inputmode: number ? 'numeric' : null,
    autocomplete: 'off', spellcheck: 'false', maxlength: '200', 'aria-invalid': 'true', 'aria-describedby': `${id}-error`,
  });
  input.addEventListener('input', () => {
    row.values[name] = input.value;
  });
  const take = proposal
    ? h('button', {
      type: 'button',
      class: 'button button-small',
      onclick: () => {
        input.value = proposal;
        row.values[name] = proposal;
        input.focus();
      },
    }, words('pakai', { isi: proposal }))
    : null;
  return h(
    'div',
    { class: 'field' },
    h('label', { for: id }, words(`isian_${name}`)),
    h('p', { class: 'error', id: `${id}-error` }, icon('seru'), `${message} ${hint}`.trim()),
    input,
    take,
  );
}

function notes(row) {
  const told = row.remarks.filter(({ weight }) => WEIGHTS[weight]);
  if (!told.length) return null;
  return h('ul', { class: 'quiet notes' }, ...told.map(({ message }) => h('li', {}, message)));
}
