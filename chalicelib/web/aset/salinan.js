// The copy of all that is kept about a person: to read, to print, to keep as a file.

import { byId, h, words } from './page.js';
import { timeline } from './timeline.js';
import { date, moment } from './waktu.js';

const BY = { citizen: 'oleh_warga', system: 'oleh_sistem', officer: 'oleh_petugas' };
const spoken = (name) => name.replaceAll('_', ' ');

/** [[term, text], …] as a list of facts; without a text a term is left out. */
const facts = (pairs) =>
  h('dl', { class: 'facts' }, ...pairs.filter(([, text]) => text).map(([term, text]) => h('div', {}, h('dt', {}, term), h('dd', {}, text))));

/** The photos as they lie with us, each to be kept with the phone's own "save picture". Links end after minutes. */
const photos = (items) =>
  h(
    'div',
    { class: 'photo-list' },
    ...items.map(({ label, sent_at: at, url }) =>
      h('figure', {}, h('img', { src: url, alt: label, loading: 'eager' }), h('figcaption', {}, h('a', { href: url, target: '_blank', rel: 'noreferrer' }, words('buka_foto', { foto: label })), h('span', { class: 'quiet line' }, moment(at)))),
    ),
  );

const part = (key, ...nodes) => [h('h3', {}, words(key)), ...nodes];

function field({ label, value, typed, read, corrected }) {
  const others = [
    typed && typed !== value && words('diketik', { nilai: typed }),
    read && read !== value && words('terbaca', { nilai: read }),
    corrected && words('diperbaiki'),
  ].filter(Boolean);
  return [label, [value, ...others].filter(Boolean).join(' · ')];
}

const paper = ({ label, sent_at: at, read, own_row: row }) => [
  h('h4', {}, label),
  facts([[words('dikirim'), moment(at)], ...Object.entries({ ...read, ...row }).map(([name, value]) => [spoken(name), value])]),
];

function body(data) {
  const list = h('ol', { class: 'timeline' });
  timeline(list, data.processing.map(({ at, label, by, detail }) => ({ at, label, by: words(BY[by]), detail: Object.values(detail).join(' · ') })));
  const texts = (items) => h('ul', {}, ...items.map((text) => h('li', {}, text)));
  return [
    facts([
      [words('nomor'), data.case_number],
      [words('keadaan'), data.state_label],
      [words('wilayah'), data.region?.path],
      [words('kontak'), data.contact?.address],
      [words('dibuat'), moment(data.made_at)],
      [words('disimpan_sampai'), data.kept_until && date(data.kept_until)],
    ]),
    ...part('bagian_isian', facts(data.fields.map(field))),
    ...part('bagian_dokumen', ...data.documents.flatMap(paper)),
    ...(data.photos.length ? part('bagian_foto', h('p', { class: 'quiet no-print' }, words('foto_singkat')), photos(data.photos)) : []),
    ...(data.findings.length ? part('bagian_temuan', texts(data.findings)) : []),
    ...(data.decisions.length
      ? part('bagian_keputusan', texts(data.decisions.map(({ at, label, reason }) => [moment(at), label, reason].filter(Boolean).join(' · '))))
      : []),
    ...part('bagian_permintaan', texts(data.requests.map(({ at, label, reason, answer }) => [moment(at), label, reason, answer].filter(Boolean).join(' · ')))),
    ...part('bagian_rekam', list),
    ...part('bagian_tidak', texts(data.left_out)),
  ];
}

/** Shows the copy below `opener`, which gets the focus back when it is closed. */
export function showCopy(data, opener) {
  const box = byId('copy');
  byId('copy-body').replaceChildren(...body(data));
  box.hidden = false;
  byId('copy-heading').focus();
  byId('copy-save').onclick = () => {
    const { photos: _, ...kept } = data; // links to photos are dead before the file is read
    const url = URL.createObjectURL(new Blob([JSON.stringify(kept, null, 1)], { type: 'application/json' }));
    h('a', { href: url, download: `salinan-data-${data.case_number}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  byId('copy-print').onclick = () => window.print();
  byId('copy-close').onclick = () => {
    box.hidden = true;
    byId('copy-body').replaceChildren();
    opener.focus();
  };
}
