// The reviewer's desk: the queue, and one case at a time under a lease.

import { unmasking } from './buka.js';
import { searching } from './cari.js';
import { decision } from './decision.js';
import { busy, byId, h, icon, notice, tell, words } from './page.js';
import { session } from './session.js';
import { showFindings, showTwins } from './temuan.js';
import { timeline } from './timeline.js';
import { attempt, further, offer } from './ulang.js';
import { values } from './values.js';
import { viewer } from './viewer.js';
import { clock, date, daysSince, until } from './waktu.js';

const SOON = 120_000; // milliseconds of lease below which the countdown is urgent

const desk = session((me) => {
  search.show(me);
  return route();
});
const search = searching(desk);
const pictures = viewer(byId('viewer'));
let open = null; // the OfficerCase on the screen
let pages = []; // work items loaded so far
let next = null;

const workPath = (workId, act) => `desk/${encodeURIComponent(workId)}/${act}`;
const casePath = (caseNumber) => `cases/${encodeURIComponent(caseNumber)}`;

// --- the queue

function chips(findings) {
  const shown = ['error', 'warning', 'info'].filter((severity) => findings[severity]);
  if (!shown.length) return h('span', { class: 'chip chip-ok' }, words('tanpa_temuan'));
  return h(
    'ul',
    { class: 'chips' },
    ...shown.map((severity) => h('li', { class: `chip chip-${severity}` }, words(`temuan_${severity}`, { n: findings[severity] }))),
  );
}

function age(work) {
  const days = daysSince(work.offered_at);
  const late = new Date(work.due_at) < new Date();
  return [
    h('span', {}, days ? words('umur_hari', { n: days }) : words('umur_hari_ini')),
    h('small', {}, words('paling_lambat', { tanggal: date(work.due_at) })),
    late ? h('span', { class: 'chip chip-error' }, icon('jam'), words('terlambat')) : null,
  ];
}

function action(work) {
  const see = (key, main) => h('a', { class: `button button-small${main ? ' button-main' : ''}`, href: `#usulan/${encodeURIComponent(work.case_number)}` }, words(key));
  if (work.mine) return see('lanjutkan', true);
  if (work.restricted) return h('span', { class: 'quiet' }, words('dibatasi'));
  if (work.state === 'claimed') return h('span', { class: 'quiet' }, words('dipegang_lain'));
  const take = h('button', { type: 'button', class: 'button button-small' }, words('ambil'), h('span', { class: 'seen-only-by-readers' }, ` ${work.case_number}`));
  take.addEventListener('click', () => busy(take, () => claim(work, byId('queue-notice'))));
  return take;
}

function line(work) {
  const label = (key) => h('span', { class: 'label' }, words(key));
  return h(
    'tr',
    { class: work.mine ? 'mine' : null },
    h('td', {}, h('strong', { class: 'number' }, work.case_number), h('small', {}, work.name)),
    h('td', {}, label('kolom_wilayah'), work.region.name, h('small', {}, work.stage_label)),
    h('td', {}, label('kolom_umur'), ...age(work).filter(Boolean)),
    h('td', {}, label('kolom_temuan'), chips(work.findings)),
    h('td', {}, action(work)),
  );
}

function drawQueue() {
  const mine = byId('only-mine').checked;
  const shown = pages.filter((work) => !mine || work.mine);
  byId('queue-rows').replaceChildren(...shown.map(line));
  byId('queue').hidden = shown.length === 0;
  byId('queue-empty').hidden = shown.length > 0;
  byId('queue-more').hidden = !next;
  byId('queue-count').textContent = words(next ? 'jumlah_lebih' : 'jumlah', { n: shown.length });
}

async function page(cursor = null) {
  const answer = await desk.call('GET', cursor ? `desk?cursor=${encodeURIComponent(cursor)}` : 'desk');
  pages = cursor ? [...pages, ...answer.items] : answer.items;
  next = answer.next;
  drawQueue();
}

const loadQueue = () =>
  attempt(byId('queue-notice'), async () => {
    if (!pages.length) {
      byId('queue-count').textContent = words('memuat');
      byId('queue-empty').hidden = true; // until it is known again
    }
    try {
      await page();
    } catch (error) {
      byId('queue-count').textContent = '';
      throw error;
    }
  });

further('queue-more', () => page(next));
byId('queue-reload').addEventListener('click', () => {
  notice(byId('queue-notice'));
  busy(byId('queue-reload'), loadQueue);
});
byId('only-mine').addEventListener('change', drawQueue);

async function claim(work, host) {
  notice(host);
  try {
    await desk.call('POST', workPath(work.work_id, 'claim'));
    if (location.hash === `#usulan/${encodeURIComponent(work.case_number)}`) await load(work.case_number);
    else location.hash = `usulan/${encodeURIComponent(work.case_number)}`;
  } catch (error) {
    tell(host, error);
    if (error.status === 409 && host === byId('queue-notice')) await loadQueue();
  }
}

// --- one case

const fields = values(desk, {
  look: (slot, box) => pictures.look(slot, box ? [box] : []),
  onSaved: async (field) => {
    await load(open.case_number, field.name);
    notice(byId('case-notice'), 'ok', words('tersimpan', { isian: field.label }));
    byId(`value-${field.name}`).focus({ preventScroll: true });
  },
  onLost: () => lapse(),
  onUnmask: unmasking(desk),
});
const verdict = decision(
  desk,
  async (made) => {
    open = null;
    history.pushState(null, '', location.pathname + location.search);
    await route();
    notice(byId('queue-notice'), 'ok', words('diputuskan', { nomor: made.case_number, keadaan: made.state_label }));
  },
  () => lapse(),
);

/** Opens another case from this one; where the officer may not, says so and stays. */
async function visit(caseNumber) {
  try {
    const data = await desk.call('GET', casePath(caseNumber));
    history.pushState(null, '', `#usulan/${encodeURIComponent(caseNumber)}`);
    notice(byId('case-notice'));
    show(data);
    byId('case-heading').focus({ preventScroll: true });
    scrollTo(0, 0);
  } catch (error) {
    if (error.status !== 401) tell(byId('twins-notice'), error);
  }
}

/** Shows places on the pictures; on a phone the pictures may have been scrolled away. */
function lookAt(slot, boxes) {
  pictures.look(slot, boxes);
  const { top } = byId('viewer').getBoundingClientRect();
  if (top < 0) byId('viewer').scrollIntoView();
}

function show(data, saved) {
  const first = open?.case_number !== data.case_number || open?.work?.mine !== data.work?.mine;
  open = data;
  byId('case-number').textContent = data.case_number;
  byId('case-state').textContent = data.state_label;
  byId('case-region').textContent = data.region.path;
  byId('case-when').textContent = [words(`target_${data.target}`), data.way !== 'online' && data.way_label, data.submitted_at && words('dikirim_pada', { tanggal: date(data.submitted_at) })].filter(Boolean).join(' · ');
  byId('claim').hidden = !data.can.includes('claim');
  byId('release').hidden = !data.can.includes('release');
  byId('lease').hidden = !data.work?.mine;
  byId('case-restricted').hidden = !data.restricted;
  byId('case-helped').hidden = !data.helped;
  byId('case-masked').hidden = data.restricted || !data.fields.some((field) => field.masked);
  byId('viewer').hidden = !data.documents.some((one) => one.picture);
  byId('case-view').hidden = false; // before the viewer measures its stage
  if (first) pictures.open(data.documents);
  fields.show(data, saved);
  showFindings(data, lookAt);
  showTwins(data.twins, visit);
  notice(byId('twins-notice'));
  timeline(byId('case-timeline'), data.timeline);
  verdict.show(data);
  tick();
}

async function load(caseNumber, saved = '') {
  show(await desk.call('GET', casePath(caseNumber)), saved);
}

/** The claim is gone: hide what may no longer be done, keep the message that says so. */
function lapse() {
  if (!open) return;
  open.can = ['claim'];
  if (open.work) open.work.mine = false;
  byId('lease').hidden = true;
  byId('release').hidden = true;
  byId('claim').hidden = false;
  byId('form-decision').hidden = true;
  fields.freeze();
}

function tick() {
  if (!open?.work?.mine) return;
  const left = until(open.work.lease_until);
  byId('lease-clock').textContent = words('sisa_waktu', { waktu: clock(left) });
  byId('lease-clock').classList.toggle('soon', left < SOON);
  if (left > 0) return;
  lapse();
  notice(byId('case-notice'), 'warning', words('waktu_habis'));
}
setInterval(tick, 1000);

byId('claim').addEventListener('click', () =>
  busy(byId('claim'), () => claim({ work_id: open.work.work_id, case_number: open.case_number }, byId('case-notice'))),
);
byId('renew').addEventListener('click', () =>
  busy(byId('renew'), async () => {
    try {
      const renewed = await desk.call('POST', workPath(open.work.work_id, 'claim'));
      Object.assign(open.work, { fence: renewed.fence, lease_until: renewed.lease_until });
      tick();
    } catch (error) {
      tell(byId('case-notice'), error);
      if (error.status === 409) lapse();
    }
  }),
);
byId('release').addEventListener('click', () =>
  busy(byId('release'), async () => {
    try {
      await desk.call('POST', workPath(open.work.work_id, 'release'), { body: { fence: open.work.fence } });
      location.hash = '';
    } catch (error) {
      tell(byId('case-notice'), error);
    }
  }),
);

// --- which of the two

async function route() {
  const [view, caseNumber] = location.hash.slice(1).split('/');
  const wanted = view === 'usulan' && caseNumber ? decodeURIComponent(caseNumber) : '';
  byId('queue-view').hidden = true;
  byId('case-view').hidden = true;
  for (const id of ['queue-notice', 'case-notice']) notice(byId(id));
  byId('loading').hidden = false;
  if (open?.case_number !== wanted) open = null;
  let failed = null;
  try {
    if (wanted) {
      await load(wanted);
      byId('case-heading').focus({ preventScroll: true });
      scrollTo(0, 0);
      return;
    }
  } catch (error) {
    if (error.status === 401) return;
    history.replaceState(null, '', location.pathname + location.search); // as what is shown: the same link works again
    failed = error;
  } finally {
    byId('loading').hidden = true;
  }
  byId('queue-view').hidden = false;
  if (failed) {
    offer(byId('queue-notice'), failed, () => {
      location.hash = `usulan/${encodeURIComponent(wanted)}`;
    });
    await page().catch(() => drawQueue()); // one fault is told already; the queue stays as it was
  } else await loadQueue();
  byId('queue-heading').focus({ preventScroll: true });
}

window.addEventListener('hashchange', () => {
  if (!byId('inside').hidden && location.hash !== '#isi') route();
});
desk.resume();
