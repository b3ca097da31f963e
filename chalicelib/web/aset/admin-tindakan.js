// The forms by which an administrator changes something: one form, of which each act shows what it asks.

import { places } from './admin-wilayah.js';
import { newKey } from './api.js';
import { busy, byId, fieldError, formErrors, notice, tell, words } from './page.js';
import { attempt } from './ulang.js';
import { today } from './waktu.js';

const OFFICE = ['role', 'kind', 'regions', 'begins', 'last_day'];
/** Act → the fields it asks beside the reason, and where they are sent. */
const ACTS = {
  undang: { asks: ['name', 'username', ...OFFICE], to: () => 'console/staff' },
  jabatan: { asks: OFFICE, to: (id) => `console/staff/${id}/offices` },
  pindah: { asks: ['regions', 'begins'], to: (id, part) => `console/staff/${id}/offices/${part}/move` },
  akhiri: { asks: ['last_day'], to: (id, part) => `console/staff/${id}/offices/${part}/end` },
  cuti: { asks: ['begins', 'last_day'], to: (id) => `console/staff/${id}/leaves` },
  'akhiri-cuti': { asks: [], to: (id, part) => `console/staff/${id}/leaves/${part}/end` },
  nonaktif: { asks: [], to: (id) => `console/staff/${id}/deactivation` },
  aktif: { asks: [], to: (id) => `console/staff/${id}/reactivation` },
  kode: { asks: [], to: (id) => `console/staff/${id}/second-factor/reset` },
  sandi: { asks: [], to: (id) => `console/staff/${id}/password/reset` },
};

/** Binds the form. `onDone(answer, act)` hears what came of it. Gives {open(act, person, part)}; false: there is no such act. */
export function acts(desk, onDone) {
  const form = byId('form-act');
  const host = byId('act-notice');
  const picker = places();
  let choices = null; // the administrator's regions and the roles
  let now = null; // {act, person, part, key}

  const levelsOf = (role) => choices.roles.find((one) => one.role === role)?.levels ?? [];
  const moved = () => now.person.offices.find((office) => office.office_id === now.part);
  const asks = (field) => ACTS[now.act].asks.includes(field);

  async function openPlaces() {
    const role = now.act === 'pindah' ? moved().role : byId('role').value;
    await attempt(byId('place-notice'), () => picker.open(choices.regions, levelsOf(role)));
  }

  /** The roles that fit somewhere below the administrator's regions. */
  function fillRoles() {
    const top = Math.min(...choices.regions.map((region) => region.code.split('.').length));
    const fitting = choices.roles.filter((one) => one.levels.some((level) => level > top));
    byId('role').replaceChildren(...fitting.map((one) => new Option(one.label, one.role)));
  }

  function helpOfLastDay() {
    const plt = asks('kind') && byId('kind-plt').checked;
    const key = plt ? 'bantuan_plt' : { akhiri: 'bantuan_sekarang', cuti: 'bantuan_cuti' }[now.act] ?? 'bantuan_seterusnya';
    byId('last-day-help').textContent = words(key, { hari: choices.longest_acting });
  }

  async function open(act, person = null, part = '') {
    if (!ACTS[act]) return false;
    choices ??= await desk.call('GET', 'console/choices');
    now = { act, person, part, key: newKey() };
    form.reset();
    formErrors(form, host, {});
    for (const field of form.querySelectorAll('[data-for]')) field.hidden = !asks(field.dataset.for);
    byId('act-heading').textContent = words(`judul_${act}`, { nama: person?.name ?? '' });
    byId('act-about').textContent = words(`jelas_${act}`);
    byId('act-button').textContent = words(`tombol_${act}`);
    byId('act-button').classList.toggle('button-bad', act === 'nonaktif');
    byId('act-back').href = person ? `#orang/${person.officer_id}` : '#petugas';
    byId('begins').value = today();
    helpOfLastDay();
    if (asks('role')) fillRoles();
    if (asks('regions')) await openPlaces();
    return true;
  }

  const values = {
    name: () => byId('name').value.trim(),
    username: () => byId('new-username').value.trim().toLowerCase(),
    role: () => byId('role').value,
    kind: () => (byId('kind-plt').checked ? 'plt' : 'tetap'),
    regions: () => picker.codes(),
    begins: () => byId('begins').value,
    last_day: () => byId('last-day').value || null,
    reason: () => byId('reason').value.trim(),
  };

  function missing(body) {
    return {
      ...(asks('name') && !body.name ? { name: words('nama_kosong') } : {}),
      ...(asks('username') && !body.username ? { username: words('nama_masuk_kosong') } : {}),
      ...(asks('regions') && !body.regions.length ? { regions: words('wilayah_kosong') } : {}),
      ...(asks('begins') && !body.begins ? { begins: words('tanggal_kosong') } : {}),
      ...(now.act === 'cuti' && !body.last_day ? { last_day: words('tanggal_kosong') } : {}),
      ...(body.reason.length < 5 ? { reason: words('alasan_kosong') } : {}),
    };
  }

  byId('role').addEventListener('change', openPlaces);
  for (const id of ['kind-tetap', 'kind-plt']) byId(id).addEventListener('change', helpOfLastDay);
  form.addEventListener('input', (event) => fieldError(form, event.target.name));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const body = Object.fromEntries([...ACTS[now.act].asks, 'reason'].map((field) => [field, values[field]()]));
    const errors = missing(body);
    formErrors(form, host, errors);
    if (Object.keys(errors).length) return;
    busy(byId('act-button'), async () => {
      try {
        const { act, part, key } = now;
        const path = ACTS[act].to(encodeURIComponent(now.person?.officer_id ?? ''), encodeURIComponent(part));
        const answer = await desk.call('POST', path, { body, key });
        notice(host);
        onDone(answer, act);
      } catch (error) {
        if (Object.keys(error.fields ?? {}).length) formErrors(form, host, error.fields, error.message);
        else if (error.status !== 401) tell(host, error);
      }
    });
  });
  return { open };
}
