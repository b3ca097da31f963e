// One person as the administrator sees them: powers, offices, leave, account, and every change.

import { byId, h, words } from './page.js';
import { date, moment } from './waktu.js';

const DUTY = { menjabat: 'chip-ok', cuti: 'chip-info', nonaktif: 'chip-error', tanpa: 'chip-warning' };
const STATE = { berlaku: 'chip-ok', nanti: 'chip-info', berakhir: 'chip-warning' };

/** `22 November 2026 – 31 Desember 2026`, or with an open end. */
const span = (begins, lastDay) => (lastDay ? `${date(begins)} – ${date(lastDay)}` : words('sejak', { tanggal: date(begins) }));
const regionNames = (office) => office.regions.map((region) => region.name).join(', ');
export const dutyChip = (one) => h('span', { class: `chip ${DUTY[one.duty]}` }, one.duty_label);

/** `Operator desa/kelurahan (Plt)` */
export const officeName = (office) => (office.kind === 'plt' ? words('sebagai_plt', { jabatan: office.role_label }) : office.role_label);

function link(person, act, key, extra = '') {
  return h('a', { class: 'button button-small', href: `#orang/${person.officer_id}/${act}${extra}` }, words(key));
}

function officeCard(person, office) {
  return h(
    'div',
    { class: 'card' },
    h('h3', {}, officeName(office)),
    h('p', {}, regionNames(office), h('br'), h('span', { class: 'quiet' }, span(office.begins, office.last_day))),
    h('p', {}, h('span', { class: `chip ${STATE[office.state]}` }, office.state_label)),
    office.mine && person.can.includes('appoint')
      ? h('div', { class: 'row' }, link(person, 'pindah', 'pindahkan', `/${office.office_id}`), link(person, 'akhiri', 'akhiri', `/${office.office_id}`))
      : null,
  );
}

function leaveLine(person, leave) {
  return h(
    'li',
    { class: 'row' },
    h('span', {}, span(leave.begins, leave.last_day)),
    !leave.over && person.can.includes('leave') ? link(person, 'akhiri-cuti', 'akhiri_cuti', `/${leave.leave_id}`) : null,
  );
}

function changeLine(change) {
  return h(
    'li',
    {},
    h('strong', {}, change.label),
    change.detail ? h('span', {}, change.detail) : null,
    change.reason ? h('span', { class: 'quiet' }, words('alasan', { alasan: change.reason })) : null,
    h('time', { datetime: change.at }, `${moment(change.at)} · ${change.by}`),
  );
}

/** Fills the person's view. */
export function showPerson(person) {
  const may = (what) => person.can.includes(what);
  byId('person-heading').textContent = person.name;
  byId('person-duty').replaceWith(Object.assign(dutyChip(person), { id: 'person-duty' }));
  byId('powers').replaceChildren(
    ...person.powers.map((office) => h('li', {}, h('strong', {}, officeName(office)), ` · ${regionNames(office)} · ${words('sejak', { tanggal: date(office.begins) })}`)),
  );
  byId('powers-none').hidden = person.powers.length > 0;
  byId('offices').replaceChildren(...person.offices.map((office) => officeCard(person, office)));
  byId('leaves').replaceChildren(...person.leaves.map((leave) => leaveLine(person, leave)));
  byId('leaves-none').hidden = person.leaves.length > 0;
  byId('person-username').textContent = person.username;
  byId('person-active').textContent = words(person.active ? 'akun_aktif' : 'akun_nonaktif');
  byId('person-factor').textContent = words(person.second_factor ? 'kode_wajib' : 'kode_tidak_wajib');
  const acts = { 'to-office': ['jabatan', may('appoint')], 'to-leave': ['cuti', may('leave')], 'to-factor': ['kode', may('reset_sign_in')], 'to-password': ['sandi', may('reset_sign_in')], 'to-shut': ['nonaktif', may('activate') && person.active], 'to-open': ['aktif', may('activate') && !person.active] };
  for (const [id, [act, allowed]] of Object.entries(acts)) {
    byId(id).href = `#orang/${person.officer_id}/${act}`;
    byId(id).hidden = !allowed;
  }
  byId('history').replaceChildren(...person.history.map(changeLine));
}
