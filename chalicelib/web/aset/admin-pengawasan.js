// Oversight: requests that wait too long first, then what officers did on a day, and one officer's day thing by thing.

import { growing, query } from './admin-tabel.js';
import { newKey } from './api.js';
import { busy, byId, formErrors, h, icon, notice, tell, words } from './page.js';
import { date, moment, today } from './waktu.js';

const label = (key) => h('span', { class: 'label' }, words(key));
const mark = (text) => h('span', { class: 'chip chip-warning' }, icon('seru'), text);
const marked = (texts) => (texts.length ? h('span', { class: 'chips' }, ...texts.map(mark)) : h('span', { class: 'quiet' }, words('tanpa_tanda')));

function lateRow(one) {
  const over = one.hours >= 48 ? words('terlambat_hari', { hari: Math.floor(one.hours / 24) }) : words('terlambat_jam', { jam: one.hours });
  return h(
    'tr',
    {},
    h('td', { class: 'number' }, one.case_number),
    h('td', {}, label('kolom_diminta'), h('span', {}, one.label), h('span', { class: 'quiet line' }, one.region.name)),
    h('td', {}, label('kolom_kantor'), h('span', {}, one.office.name)),
    h('td', {}, label('kolom_jatuh'), h('span', { class: 'chip chip-error' }, over), h('span', { class: 'quiet line' }, `${moment(one.due_at)} · ${words('diingatkan', { n: one.reminders })}`)),
  );
}

function seenWords(one) {
  if (!one.seen) return words('belum_diperiksa');
  if (!one.seen.whole) return words('ada_baru', { nama: one.seen.by });
  return words('diperiksa', { nama: one.seen.by, waktu: moment(one.seen.at) });
}

const counts = (one) => words('catatan_sehari', { lihat: one.looks, cari: one.searches, tolak: one.denials });

function dayRow(one, day) {
  const seen = one.seen?.whole;
  return h(
    'tr',
    {},
    h('td', {}, h('strong', {}, one.name), h('span', { class: 'quiet line' }, one.office.name)),
    h('td', {}, label('kolom_dicatat'), h('span', {}, counts(one))),
    h('td', {}, label('kolom_tanda'), marked(one.marks.map((each) => each.label))),
    h('td', {}, h('span', { class: `chip ${seen ? 'chip-ok' : 'chip-info'}` }, seenWords(one))),
    h('td', {}, h('a', { class: 'button button-small', href: `#pengawasan/${one.officer_id}/${one.office.code}/${day}` }, words('periksa'), h('span', { class: 'seen-only-by-readers' }, ` ${one.name}`))),
  );
}

function thingRow(one) {
  const about = one.case_number ? h('span', { class: 'number whole' }, one.case_number) : words('tanpa_usulan');
  return h(
    'tr',
    {},
    h('td', {}, moment(one.at)),
    h('td', {}, label('kolom_usulan'), about, one.village ? h('span', { class: 'quiet line' }, one.village.name) : null),
    h('td', {}, label('kolom_isi'), h('span', {}, one.label), one.said ? h('span', { class: 'quiet line' }, words('kata_petugas', { kata: one.said })) : null),
    h('td', {}, label('kolom_tanda'), marked(one.marks)),
  );
}

/** Binds both views. Gives {open(), openDay(officer, office, day)}. */
export function oversight(desk) {
  const chosen = () => byId('watch-day').value;
  const late = growing('late', (cursor) => desk.call('GET', `console/late?${query({ cursor })}`), lateRow);
  const days = growing(
    'watch',
    async (cursor) => {
      const answer = await desk.call('GET', `console/oversight?${query({ day: chosen(), cursor })}`);
      // What is marked and what nobody went through comes first within a page.
      const weight = (one) => (one.marks.length ? 2 : 0) + (one.seen?.whole ? 0 : 1);
      return { ...answer, items: [...answer.items].sort((a, b) => weight(b) - weight(a)) };
    },
    (one) => dayRow(one, chosen()),
  );
  let now = null; // {officer, office, day, upTo, key} of the day that is open
  const things = growing(
    'day',
    async (cursor) => {
      const answer = await desk.call('GET', `console/oversight/${encodeURIComponent(now.officer)}?${query({ office: now.office, day: now.day, cursor })}`);
      if (!cursor) head(answer.watched);
      return answer;
    },
    thingRow,
  );

  function head(one) {
    now.upTo = one.last_at;
    byId('day-heading').textContent = words('judul_hari', { nama: one.name, tanggal: date(`${now.day}T12:00`) });
    byId('day-about').textContent = `${one.office.name} · ${counts(one)}`;
    byId('day-marks').replaceChildren(...one.marks.map((each) => h('li', {}, mark(each.label))));
    byId('day-seen').textContent = seenWords(one);
    byId('day-own').textContent = words('hari_sendiri');
    byId('day-own').hidden = !one.mine;
    byId('form-seen').hidden = one.mine || one.seen?.whole === true;
  }

  byId('watch-day').addEventListener('change', () => chosen() && days.anew());
  byId('form-seen').addEventListener('submit', (event) => {
    event.preventDefault();
    const reason = byId('seen-reason').value.trim();
    formErrors(byId('form-seen'), byId('seen-notice'), reason.length < 5 ? { reason: words('alasan_kosong') } : {});
    if (reason.length < 5) return;
    busy(byId('seen-button'), async () => {
      try {
        const body = { office: now.office, day: now.day, up_to: now.upTo, reason };
        head(await desk.call('POST', `console/oversight/${encodeURIComponent(now.officer)}/seen`, { body, key: now.key }));
        notice(byId('day-notice'), 'ok', words('sudah_periksa'));
      } catch (error) {
        if (Object.keys(error.fields ?? {}).length) formErrors(byId('form-seen'), byId('seen-notice'), error.fields, error.message);
        else if (error.status !== 401) tell(byId('seen-notice'), error);
      }
    });
  });

  return {
    async open() {
      byId('watch-day').value ||= today();
      notice(byId('watch-notice'));
      await late.fill();
      await days.fill();
    },
    async openDay(officer, office, day) {
      now = { officer, office, day, upTo: null, key: newKey() };
      byId('form-seen').reset();
      formErrors(byId('form-seen'), byId('seen-notice'), {});
      notice(byId('day-notice'));
      await things.fill();
    },
  };
}
