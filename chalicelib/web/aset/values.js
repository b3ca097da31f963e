// The fields of a case on the desk: what was read, what was typed, what counts; and mending it in place.

import { busy, byId, clone, h, icon, part, tell, words } from './page.js';

const SURE = [[0.97, 'yakin'], [0.85, 'cukup_yakin'], [0, 'ragu']];
const PRINTED_ON = { nik: 'ktp', nama: 'ktp', nomor_kk: 'kk', alamat: 'kk', rt: 'kk', rw: 'kk', kode_wilayah: 'kk' };
const plain = (text) => (text ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '');

/** How sure the reading is, in words. */
export const sureness = (confidence) => words(SURE.find(([least]) => confidence >= least)[1]);

/** Fills #fields. `desk` calls with the token, `look(slot, box)` shows a box, `onSaved()` reloads, `onLost(error)`,
 * `onUnmask(data, field, row)` asks to see what is masked. */
export function values(desk, { look, onSaved, onLost, onUnmask }) {
  const host = byId('fields');

  function row(data, field) {
    const node = clone('t-value');
    const input = part(node, 'input');
    const error = part(node, 'error');
    const save = part(node, 'save');
    const id = `value-${field.name}`;
    const mayCorrect = data.can.includes('correct') && !field.masked;
    part(node, 'label').textContent = field.label;
    part(node, 'label').htmlFor = id;
    Object.assign(input, { id, value: field.value ?? '', readOnly: !mayCorrect });
    error.id = `${id}-error`;
    if (['nik', 'nomor_kk', 'rt', 'rw', 'kode_wilayah'].includes(field.name)) input.classList.add('number');

    const lines = [
      field.read && ['terbaca', `${field.read.value} (${sureness(field.read.confidence)})`],
      field.typed && ['diketik', field.typed],
      field.corrected && ['dikoreksi', field.corrected.value],
    ].filter(Boolean);
    part(node, 'lines').replaceChildren(...lines.flatMap(([key, value]) => [h('dt', {}, words(key)), h('dd', {}, value)]));
    const differs = Boolean(field.read && field.typed && plain(field.read.value) !== plain(field.typed));
    part(node, 'differs').hidden = !differs;
    part(node, 'differs').id = `${id}-differs`;
    input.setAttribute('aria-describedby', differs ? `${id}-differs ${error.id}` : error.id);
    node.classList.toggle('differs', differs && !field.corrected);

    part(node, 'reveal').hidden = !field.may_unmask;
    part(node, 'unmask-what').textContent = ` ${field.label}`;
    part(node, 'unmask').addEventListener('click', () => onUnmask(data, field, node));

    input.addEventListener('focus', () => {
      for (const other of host.children) other.classList.toggle('shown', other === node);
      if (field.read) look(field.read.slot, field.read.box);
      else look(PRINTED_ON[field.name]); // nothing was read there: the officer looks for it
    });
    input.addEventListener('input', () => {
      save.hidden = input.value === (field.value ?? '');
    });
    const undo = () => {
      input.value = field.value ?? '';
      save.hidden = true;
      error.replaceChildren();
      input.removeAttribute('aria-invalid');
      input.focus();
    };
    const put = () =>
      busy(part(node, 'put'), async () => {
        error.replaceChildren();
        const body = { work_id: data.work.work_id, fence: data.work.fence, field: field.name, value: input.value.trim() };
        try {
          await desk.call('POST', `cases/${encodeURIComponent(data.case_number)}/corrections`, { body });
          await onSaved(field);
        } catch (problem) {
          if (problem.status === 409 || !problem.status || problem.status >= 500) {
            tell(byId('case-notice'), problem);
            if (problem.status === 409) onLost(problem);
          } else {
            const [first] = Object.values(problem.fields ?? {});
            error.replaceChildren(icon('seru'), first ?? problem.message);
            input.setAttribute('aria-invalid', 'true');
            input.focus();
            node.scrollIntoView({ block: 'nearest' });
          }
        }
      });
    part(node, 'put').addEventListener('click', put);
    part(node, 'undo').addEventListener('click', undo);
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !save.hidden) put();
      if (event.key === 'Escape' && !save.hidden) undo();
    });
    return node;
  }

  return {
    /** Nothing can be mended any more; what is being typed stays, to be saved under a new claim. */
    freeze() {
      for (const input of host.querySelectorAll('input')) input.readOnly = true;
      for (const button of host.querySelectorAll('[data-part="put"]')) button.disabled = true;
    },
    /** Draws all fields of the case; what is being typed in other fields is kept. */
    show(data, saved = '') {
      const typing = new Map();
      for (const input of host.querySelectorAll('input')) {
        if (!input.closest('.value').querySelector('[data-part="save"]').hidden) typing.set(input.id, input.value);
      }
      if (host.dataset.case !== data.case_number || !data.can.includes('correct')) typing.clear();
      host.dataset.case = data.case_number;
      typing.delete(`value-${saved}`);
      host.replaceChildren(...data.fields.map((field) => row(data, field)));
      for (const [id, value] of typing) {
        byId(id).value = value;
        byId(id).dispatchEvent(new Event('input'));
      }
    },
  };
}
