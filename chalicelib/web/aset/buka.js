// One masked field, looked at for a reason: asked in a dialog, shown for a minute, then masked again.

import { busy, byId, formErrors, h, part, tell, words } from './page.js';

const OTHER = 'LAINNYA';

/** Binds the dialog. Gives open(data, field, row): asks why, and shows the value in the row's part "input". */
export function unmasking(desk) {
  const dialog = byId('unmask');
  const form = byId('form-unmask');
  const host = byId('unmask-errors');
  const note = byId('unmask-note');
  let wanted = null;

  const reason = () => new FormData(form).get('reason') ?? '';

  form.addEventListener('change', () => {
    byId('unmask-words').hidden = reason() !== OTHER;
  });
  part(dialog, 'cancel').addEventListener('click', () => dialog.close());

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const errors = {
      ...(reason() ? {} : { reason: words('buka_alasan') }),
      ...(reason() === OTHER && !note.value.trim() ? { note: words('ALASAN_KOSONG') } : {}),
    };
    formErrors(form, host, errors);
    if (!Object.keys(errors).length) busy(byId('unmask-show'), ask);
  });

  async function ask() {
    const { data, field, row } = wanted;
    const body = { field: field.name, reason: reason(), note: reason() === OTHER ? note.value.trim() : '' };
    try {
      const shown = await desk.call('POST', `cases/${encodeURIComponent(data.case_number)}/unmasking`, { body });
      dialog.close();
      stand(row, field, shown);
    } catch (error) {
      if (Object.keys(error.fields ?? {}).length) formErrors(form, host, error.fields, error.message);
      else tell(host, error);
    }
  }

  /** The value in the row until its time is over, or the officer is done with it. */
  function stand(row, field, { value, seconds }) {
    const [input, button, said] = ['input', 'reveal', 'shown'].map((name) => row.querySelector(`[data-part="${name}"]`));
    const put = (text) => {
      if (input instanceof HTMLInputElement) input.value = text;
      else input.textContent = text;
    };
    const close = () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', hidden);
      put(field.value);
      said.textContent = words('ditutup', { isian: field.label });
      button.hidden = false;
    };
    const hidden = () => document.hidden && close();
    const timer = setTimeout(close, seconds * 1000);
    document.addEventListener('visibilitychange', hidden);
    button.hidden = true;
    put(value);
    said.textContent = words('dibuka', { isian: field.label, n: seconds });
    input.focus();
  }

  return (data, field, row) => {
    wanted = { data, field, row };
    form.reset();
    formErrors(form, host, {});
    byId('unmask-words').hidden = true;
    byId('unmask-title').textContent = words('buka_isian', { isian: field.label });
    byId('unmask-reasons').replaceChildren(
      ...data.unmask_reasons.map(({ code, label }) =>
        h('label', { class: 'choice choice-small' }, h('input', { type: 'radio', name: 'reason', id: `unmask-${code}`, value: code }), h('span', {}, label)),
      ),
    );
    dialog.showModal();
  };
}
