// The last step: all once more, the statement, and the sending, which waits on this phone where there is no line.

import { isLost } from './antrean.js';
import { call } from './api.js';
import { keyFor, saveDraft } from './draft.js';
import { tellAt } from './kabar.js';
import { byId, digits, formErrors, h, notice, tell, words } from './page.js';
import { slotOf } from './photos.js';
import { findings } from './reading.js';

/** The step on which what the server names is mended. */
const STEP_OF = {
  nik: 'periksa', nama: 'periksa', nomor_kk: 'alamat', kode_wilayah: 'alamat', alamat: 'alamat', rt: 'alamat', rw: 'alamat',
  ktp: 'ktp', kk: 'kk', rumah_depan: 'rumah', statement: 'kirim', contact: 'kirim',
};
const FORM_OF = { periksa: ['form-check', 'check-errors'], alamat: ['form-address', 'address-errors'], kirim: ['form-send', 'send-errors'] };

const SETTLED = 800; // milliseconds

/**
 * Binds the step. `run()` has the queue go on; `go(step)` leads to a step; `titles()` names the photos that were added;
 * `arrived(receipt)` takes the receipt. Gives {enter, draw, last, problems}.
 */
export function sendStep(form, { run, go, titles, arrived }) {
  const [waiting, node, host] = ['send-waiting', 'form-send', 'send-errors'].map(byId);

  function submission() {
    const { values } = form.draft;
    const text = (name) => (values[name] ?? '').trim();
    return {
      nik: digits(text('nik')), nama: text('nama'), nomor_kk: digits(text('nomor_kk')), kode_wilayah: values.kode_wilayah ?? '',
      alamat: text('alamat'), rt: text('rt').padStart(3, '0'), rw: text('rw').padStart(3, '0'),
    };
  }

  function summary() {
    const sent = submission();
    const rows = [
      ['label_target', words(`target_${form.draft.target}`), 'siapa'],
      ['label_nik', sent.nik, 'periksa'],
      ['label_nama', sent.nama, 'periksa'],
      ['label_nomor_kk', sent.nomor_kk, 'alamat'],
      ['label_wilayah', form.draft.region_label || words('desa_belum'), 'alamat'],
      ['label_alamat', `${sent.alamat}, RT ${sent.rt} RW ${sent.rw}`, 'alamat'],
      ['label_tambahan', titles().join(', ') || words('tidak_ada'), 'tambahan'],
    ];
    byId('summary').replaceChildren(
      ...rows.map(([label, value, step]) => {
        const link = h('a', { class: 'button button-plain button-small', href: `#${step}` }, words('ubah'));
        link.append(h('span', { class: 'seen-only-by-readers' }, ` ${words(label)}`));
        return h('div', {}, h('dt', {}, words(label)), h('dd', {}, h('span', {}, value), link));
      }),
    );
    const house = slotOf(form, 'rumah_depan');
    if (house) findings(byId('send-notice'), [house]);
  }

  /** Either the form, or that it waits here to be sent. */
  function draw() {
    const lost = form.waiting;
    const wanted = Boolean(form.draft.wanted);
    node.hidden = wanted;
    waiting.hidden = !wanted;
    if (!wanted) return;
    const text = words(lost ? 'usulan_menunggu' : 'usulan_dikirim');
    const state = byId('send-state');
    if (state.textContent !== text) state.textContent = text;
    byId('send-how').hidden = !lost;
    byId('send-region').hidden = !lost || Boolean(form.draft.values.kode_wilayah);
  }

  function want(wanted) {
    form.draft.wanted = wanted;
    saveDraft(form.draft);
    draw();
  }

  /** Back to the form, with what stands in the way. */
  function refused(error) {
    want(null);
    const first = Object.keys(STEP_OF).find((name) => error.fields?.[name] && STEP_OF[name] !== 'kirim');
    if (first) {
      form.problems = error;
      go(STEP_OF[first]);
      return;
    }
    if (Object.keys(error.fields ?? {}).length) formErrors(node, host, error.fields, error.message);
    else tell(host, error);
    const box = host.querySelector('.notice');
    box.setAttribute('tabindex', '-1');
    box.focus();
  }

  /** Sends the usulan itself. Throws what is worth another try. */
  async function last() {
    const { draft } = form;
    const body = { ...submission(), statement: true };
    if (!body.kode_wilayah) {
      refused({ name: 'ApiError', message: words('tinggal_desa'), fields: { kode_wilayah: words('tinggal_desa') } });
      return;
    }
    const path = `usulan/${encodeURIComponent(draft.case_number)}`;
    const patience = { secret: draft.secret, tries: 0, quiet: true };
    form.problems = null;
    try {
      if (draft.wanted.contact) await tellAt(draft.case_number, draft.secret, draft.wanted.contact);
    } catch (error) {
      if (isLost(error)) throw error;
      const [wrong] = Object.values(error.fields ?? {});
      refused(wrong ? { ...error, message: error.message, fields: { contact: wrong } } : error);
      return;
    }
    try {
      const receipt = await call('POST', `${path}/submission`, { body, key: keyFor(draft, 'kirim', body), ...patience });
      if (form.draft === draft) arrived(receipt);
    } catch (error) {
      if (isLost(error)) throw error;
      if (error.code !== 'SUDAH_DIKIRIM') refused(error);
      else {
        const receipt = await call('GET', `${path}/receipt`, patience);
        if (form.draft === draft) arrived(receipt);
      }
    }
  }

  /** Shows the problems the server named for this step. */
  function problems(step, isPhoto) {
    const mine = Object.entries(form.problems?.fields ?? {}).filter(([name]) => STEP_OF[name] === step);
    if (!mine.length) return;
    if (isPhoto) notice(byId('page-notice'), 'error', mine[0][1], form.problems.hint);
    if (!FORM_OF[step]) return;
    const [formId, hostId] = FORM_OF[step];
    byId(formId).hidden = false;
    formErrors(byId(formId), byId(hostId), Object.fromEntries(mine), form.problems.message);
  }

  node.addEventListener('submit', (event) => {
    event.preventDefault();
    if (form.draft.wanted) return;
    const agreed = byId('statement').checked;
    formErrors(node, host, agreed ? {} : { statement: words('PERNYATAAN_KURANG') });
    if (!agreed) return;
    want({ contact: byId('contact').value.trim() });
    for (const part of [waiting, byId('hand')]) part.inert = true; // the second tap of two is for nothing that came under it
    setTimeout(() => {
      for (const part of [waiting, byId('hand')]) part.inert = false;
      if (!waiting.hidden) waiting.focus();
    }, SETTLED);
    run();
  });
  byId('send-change').addEventListener('click', () => {
    want(null);
    byId('statement').focus();
  });
  byId('send-again').addEventListener('click', () => window.dispatchEvent(new Event('online'))); // what waits, tries now

  return {
    enter() {
      summary();
      draw();
    },
    draw,
    last,
    problems,
  };
}
