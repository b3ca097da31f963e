// What the photos say: asked for while they are read, put into fields nobody has touched, cut out beside them.

import { ApiError, call, pause } from './api.js';
import { saveDraft } from './draft.js';
import { byId, h, icon, words } from './page.js';
import { drawCrop, hasBox, picture } from './potongan.js';

export const FIELDS = ['nik', 'nama', 'nomor_kk', 'alamat', 'rt', 'rw'];
const RETAKE = { ktp: ['ktp', 'ambil_ulang_ktp'], kk: ['kk', 'ambil_ulang_kk'], rumah_depan: ['rumah', 'ambil_ulang_rumah'] };
const KIND = { info: 'info', warning: 'warning', error: 'error' };

const path = (form) => `usulan/${encodeURIComponent(form.draft.case_number)}`;

/** Asks once for the case; a lost line changes nothing. Errors of the API (a draft that is gone) pass through. */
export async function refresh(form, tries = 1) {
  if (!form.draft.case_number) return null; // not begun: there is no line yet
  try {
    form.view = await call('GET', path(form), { secret: form.draft.secret, tries });
  } catch (error) {
    if (error.status !== 0 && error.status < 500) throw error;
  }
  if (form.view && form.view.state !== 'DRAF') throw new ApiError(409, { code: 'SUDAH_DIKIRIM', message: words('sudah_dari_lain') });
  return form.view;
}

/** Whether this slot's photo is with us and not yet read; the last view may be older than the sending. */
export function isPending(form, slot) {
  const record = form.view?.slots.find((one) => one.slot === slot);
  if (!record) return Boolean(form.draft.sent[slot]);
  return record.state === 'reading' || (['empty', 'waiting'].includes(record.state) && Boolean(form.draft.sent[slot]));
}

/**
 * Asks each second (later each four) until all photos are read or `wanted()` says no; `onView` hears each answer. There
 * is one asking at a time: who comes last is the one who hears.
 */
export async function watch(form, wanted, onView) {
  form.watcher = { wanted, onView, since: Date.now() };
  if (form.watching) return;
  form.watching = true;
  try {
    while (form.watcher.wanted() && form.draft.case_number) {
      await refresh(form, 0);
      if (!form.watcher.wanted()) break;
      form.watcher.onView();
      if (form.view && !['ktp', 'kk', 'rumah_depan'].some((slot) => isPending(form, slot))) break;
      await pause(Date.now() - form.watcher.since < 15_000 ? 1000 : 4000);
    }
  } finally {
    form.watching = false;
  }
}

/** Puts what was read into fields the person has not touched. */
export function fill(form, region) {
  const proposed = form.view?.proposed ?? {};
  const { values, touched } = form.draft;
  for (const name of FIELDS) {
    if (!touched[name] && proposed[name]?.value) values[name] = proposed[name].value;
    const input = byId(name);
    if (input.value !== (values[name] ?? '')) input.value = values[name] ?? '';
  }
  const village = proposed.kode_wilayah;
  if (village?.value && village.label && !touched.kode_wilayah && !region.isOpen()) {
    values.kode_wilayah = village.value;
    form.draft.region_label = village.label;
  }
  saveDraft(form.draft);
}

/** Draws the piece of the photo beside each field; the NIK gets the whole card when no box is known. */
export async function crops(form) {
  for (const name of FIELDS) {
    const figure = document.querySelector(`[data-crop="${name}"]`);
    if (!figure) continue;
    const read = form.view?.proposed?.[name];
    const slot = read?.slot ?? (name === 'nik' ? 'ktp' : '');
    const record = form.view?.slots.find((one) => one.slot === slot);
    if (!record?.picture || !(hasBox(read?.box) || name === 'nik')) {
      figure.hidden = true;
      continue;
    }
    const image = await picture(`${slot} ${record.upload_id}`, record.picture.url);
    if (image) drawCrop(figure.querySelector('canvas'), image, record.picture, read?.box);
    figure.hidden = !image;
  }
}

/** Lists what the photos' readings found, each photo with a way to take it again. */
export function findings(host, records) {
  const items = [];
  for (const record of records) {
    const told = record.findings.filter((one) => one.message);
    if (record.message && !told.some((one) => one.message === record.message)) {
      told.unshift({ severity: record.state === 'failed' ? 'warning' : 'info', message: record.message });
    }
    told.forEach((one, index) => {
      const [step, label] = RETAKE[record.slot];
      const here = location.hash === `#${step}`;
      const last = index === told.length - 1;
      const link = last && !here ? h('a', { href: `#${step}` }, words(label)) : null;
      const text = h('div', {}, h('p', {}, one.message), link);
      items.push(h('li', { class: `notice notice-${KIND[one.severity]}` }, icon(one.severity === 'info' ? 'info' : 'seru'), text));
    });
  }
  host.replaceChildren(...(items.length ? [h('ul', { class: 'notice-list' }, ...items)] : []));
  return items.length;
}
