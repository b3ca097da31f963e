// "Data pribadi saya": what citizens ask about their data, the answers, and the copy they get.

import { call } from './api.js';
import { busy, byId, formErrors, h, notice, tell, words } from './page.js';
import { showCopy } from './salinan.js';
import { date, moment } from './waktu.js';

const CORRECTION = 'koreksi';
const ERASURE = 'penghapusan';

/** Binds the part of the status page. Gives show(caseNumber, secret): closed, loaded when it is opened. */
export function rights() {
  const box = byId('rights');
  const form = byId('form-right');
  const host = byId('rights-notice');
  const errors = byId('right-errors');
  let of = null; // {number, secret}

  const path = (...parts) => ['usulan', of.number, ...parts].map(encodeURIComponent).join('/');
  const send = (method, where, body) => call(method, where, { secret: of.secret, body });
  const chosen = () => new FormData(form).get('right') ?? '';

  function buttons(one) {
    const found = [];
    if (one.available_until) {
      const open = h('button', { type: 'button', class: 'button button-main button-small' }, words('lihat_salinan'));
      open.addEventListener('click', () => busy(open, () => copy(open)));
      found.push(open);
    }
    if (one.may_withdraw) {
      const back = h('button', { type: 'button', class: 'button button-small' }, words(one.standing === 'DIMINTA' ? 'tarik' : 'cabut'));
      back.addEventListener('click', () => busy(back, () => withdraw(one)));
      found.push(back);
    }
    return found.length ? h('div', { class: 'row' }, ...found) : null;
  }

  function row(one) {
    const waits = one.standing === 'DIMINTA';
    return h(
      'li',
      {},
      h('strong', {}, one.label),
      h('p', {}, h('span', { class: `chip${one.standing === 'DIKABULKAN' ? ' chip-ok' : ''}` }, one.standing_label)),
      one.reason ? h('p', {}, one.reason) : null,
      one.answer ? h('p', {}, words('jawaban', { teks: one.answer })) : null,
      h('p', { class: 'quiet' }, waits ? words('dijawab_sebelum', { waktu: moment(one.due_at) }) : words('diajukan', { tanggal: date(one.at) })),
      one.available_until ? h('p', { class: 'quiet' }, words('salinan_sampai', { tanggal: date(one.available_until) })) : null,
      buttons(one),
    );
  }

  function draw({ items, may, fields }) {
    byId('rights-list').replaceChildren(...items.map(row));
    form.hidden = may.length === 0;
    byId('right-list').replaceChildren(
      ...may.map(({ code, label, help }) =>
        h('label', { class: 'choice' }, h('input', { type: 'radio', name: 'right', id: `right-${code}`, value: code }), h('span', {}, h('strong', {}, label), h('small', {}, help))),
      ),
    );
    byId('right-field').replaceChildren(...fields.map(({ code, label }) => new Option(label, code)));
    more();
  }

  function more() {
    byId('right-correction').hidden = chosen() !== CORRECTION;
    byId('right-forever').hidden = chosen() !== ERASURE;
  }

  async function load() {
    notice(host);
    try {
      draw(await send('GET', path('requests')));
    } catch (error) {
      tell(host, error);
    }
  }

  async function copy(opener) {
    try {
      showCopy(await send('GET', path('export')), opener);
    } catch (error) {
      tell(host, error);
    }
  }

  async function withdraw(one) {
    try {
      draw(await send('POST', path('requests', one.id, 'withdrawal')));
      notice(host, 'ok', words('ditarik'));
    } catch (error) {
      tell(host, error);
    }
  }

  async function ask() {
    const wanted = chosen() === CORRECTION ? { [byId('right-field').value]: byId('right-value').value } : {};
    const body = { right: chosen(), wanted, note: byId('right-note').value.trim() };
    try {
      const answer = await send('POST', path('requests'), body);
      form.reset();
      draw(answer);
      notice(host, 'ok', words('permintaan_diterima'));
      byId('rights-heading').focus();
    } catch (error) {
      const fields = Object.values(error.fields ?? {});
      if (fields.length) formErrors(form, errors, { value: fields[0] }, error.message);
      else tell(errors, error);
    }
  }

  form.addEventListener('change', more);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const missing = {
      ...(chosen() ? {} : { right: words('pilih_permintaan') }),
      ...(chosen() === CORRECTION && !byId('right-value').value.trim() ? { value: words('KOREKSI_KOSONG') } : {}),
    };
    formErrors(form, errors, missing);
    if (!Object.keys(missing).length) busy(byId('right-send'), ask);
  });
  box.addEventListener('toggle', () => {
    if (box.open) load();
  });

  return (number, secret) => {
    of = { number, secret };
    box.open = false;
    form.reset();
    formErrors(form, errors, {});
    byId('copy').hidden = true;
  };
}
