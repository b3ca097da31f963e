// The two screens on which the person compares what was read with the document, and mends it.

import { saveDraft } from './draft.js';
import { byId, digits, formErrors, notice, words } from './page.js';
import { slotOf } from './photos.js';
import { FIELDS, crops, fill, findings, isPending, watch } from './reading.js';
import { regionPicker } from './wilayah.js';

const PATIENCE = 8000; // milliseconds the form waits for a reading before it goes on with typed fields

const SCREENS = {
  periksa: { slot: 'ktp', key: 'nik', ids: ['check-wait', 'form-check', 'check-notice', 'check-errors'] },
  alamat: { slot: 'kk', key: 'nomor_kk', ids: ['address-wait', 'form-address', 'address-notice', 'address-errors'] },
};

const sixteen = (name, code) => {
  const n = digits(byId(name).value).length;
  return n === 16 ? {} : { [name]: words(code, { n }) };
};
const filled = (name, key) => (byId(name).value.trim() ? {} : { [name]: words(key) });
const numeric = (name, key) => (/^\d{1,3}$/.test(byId(name).value.trim()) ? {} : { [name]: words(key) });

function count(name) {
  const n = digits(byId(name).value).length;
  byId(`${name}-count`).textContent = n && n !== 16 ? words('hitung', { n }) : '';
}

/** Binds both screens; `next` goes on. Gives {enter, again} for `periksa` and `alamat`. */
export function checkSteps(form, next) {
  const region = regionPicker(byId('form-address'), (code, label) => {
    form.draft.values.kode_wilayah = code;
    form.draft.region_label = label;
    form.draft.touched.kode_wilayah = true;
    saveDraft(form.draft);
  });

  for (const name of FIELDS) {
    byId(name).addEventListener('input', () => {
      form.draft.touched[name] = true;
      form.draft.values[name] = byId(name).value;
      saveDraft(form.draft);
      if (name === 'nik' || name === 'nomor_kk') count(name);
    });
  }

  const rules = {
    periksa: () => ({ ...sixteen('nik', 'NIK_KURANG'), ...filled('nama', 'NAMA_KOSONG') }),
    alamat: () => ({
      ...sixteen('nomor_kk', 'NOMOR_KK_SALAH'),
      ...(form.draft.values.kode_wilayah || region.isLost() ? {} : { kode_wilayah: words('WILAYAH_SALAH') }), // without a line no list
      ...filled('alamat', 'alamat_kosong'),
      ...numeric('rt', 'rt_salah'),
      ...numeric('rw', 'rw_salah'),
    }),
  };

  let open = ''; // the screen whose fields are shown: they are not taken away again

  /** Draws what is known now: patience, notices, values, crops. */
  function draw(step) {
    const { slot, key, ids } = SCREENS[step];
    const [wait, node, host] = ids.map(byId);
    const pending = isPending(form, slot);
    const coming = pending || (form.draft.kept[slot] && !form.waiting);
    const patient = open !== step && coming && Date.now() < form.deadline;
    const begins = patient && wait.hidden;
    wait.hidden = !patient;
    node.hidden = patient;
    if (begins) wait.append(wait.lastChild); // said aloud: a region speaks when it changes, not when it appears
    if (patient) return;
    open = step;
    fill(form, region);
    region.show(form.draft.values.kode_wilayah ?? '', form.draft.region_label ?? '', step === 'alamat');
    for (const name of ['nik', 'nomor_kk']) count(name);
    crops(form);
    const record = slotOf(form, slot);
    if (form.draft.kept[slot]) notice(host, 'info', words('belum_dapat_dibaca'));
    else if (pending) notice(host, 'info', words('masih_dibaca'));
    else if (!record || (findings(host, [record]) === 0 && !form.view.proposed?.[key])) {
      notice(host, 'info', words('ketik_sendiri'));
    }
  }

  const redraw = () => SCREENS[form.step] && draw(form.step);

  /** Goes on asking, as long as somebody stands here. */
  function again() {
    redraw();
    return watch(form, () => Boolean(SCREENS[form.step]), redraw);
  }

  function enter() {
    open = '';
    form.deadline ||= Date.now() + PATIENCE;
    setTimeout(redraw, Math.max(0, form.deadline - Date.now()) + 50);
    return again();
  }

  for (const [step, { ids }] of Object.entries(SCREENS)) {
    const [, node, , host] = ids.map(byId);
    node.addEventListener('submit', (event) => {
      event.preventDefault();
      const errors = rules[step]();
      formErrors(node, host, errors);
      if (!Object.keys(errors).length) next();
    });
  }
  return { periksa: { enter, again }, alamat: { enter, again } };
}
