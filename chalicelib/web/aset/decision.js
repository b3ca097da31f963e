// The decision: which, why, which documents, a note, and one question before it counts.

import { busy, byId, formErrors, h, part, tell, words } from './page.js';

/** Binds the decision's form. `desk` calls with the token; `onDone(answer)` and `onLost(error)` go on. Gives {show}. */
export function decision(desk, onDone, onLost) {
  const form = byId('form-decision');
  const host = byId('decision-errors');
  const dialog = byId('confirm');
  let data = null;

  const chosen = () => data?.decisions.find((one) => one.code === form.elements.decision?.value);

  function radio(name, code, label) {
    const id = `${name}-${code}`;
    return h('label', { class: 'choice choice-small' }, h('input', { type: 'radio', name, id, value: code }), h('span', {}, label));
  }

  /** What the chosen decision asks besides: reasons, documents. */
  function more() {
    const { reasons = [], slots = [] } = chosen() ?? {};
    byId('reasons').hidden = reasons.length === 0;
    byId('reason-list').replaceChildren(...reasons.map((one) => radio('reason', one.code, one.label)));
    byId('slots').hidden = slots.length === 0;
    byId('slot-list').replaceChildren(
      ...slots.map((one) =>
        h('label', { class: 'choice choice-small' }, h('input', { type: 'checkbox', name: 'slots', value: one.slot }), h('span', {}, one.title)),
      ),
    );
  }

  form.addEventListener('change', (event) => {
    if (event.target.name === 'decision') more();
  });

  function answer() {
    return {
      work_id: data.work.work_id,
      fence: data.work.fence,
      decision: chosen()?.code ?? '',
      reason: new FormData(form).get('reason'),
      slots: new FormData(form).getAll('slots'),
      note: byId('note').value.trim(),
    };
  }

  function missing() {
    const picked = chosen();
    const { reason, slots } = answer();
    return {
      ...(picked ? {} : { decision: words('pilih_keputusan') }),
      ...(picked?.reasons.length && !reason ? { reason: words('ALASAN_KURANG') } : {}),
      ...(picked?.slots.length && !slots.length ? { slots: words('DOKUMEN_KURANG') } : {}),
    };
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const errors = missing();
    formErrors(form, host, errors);
    if (Object.keys(errors).length) return;
    part(dialog, 'decision').textContent = chosen().label;
    part(dialog, 'number').textContent = data.case_number;
    part(dialog, 'reason').textContent = chosen().reasons.find((one) => one.code === answer().reason)?.label ?? '';
    dialog.showModal();
  });

  part(dialog, 'cancel').addEventListener('click', () => dialog.close());
  part(dialog, 'confirm').addEventListener('click', () =>
    busy(part(dialog, 'confirm'), async () => {
      try {
        const made = await desk.call('POST', `cases/${encodeURIComponent(data.case_number)}/decision`, { body: answer() });
        dialog.close();
        onDone({ ...made, case_number: data.case_number });
      } catch (error) {
        dialog.close();
        if (Object.keys(error.fields ?? {}).length) formErrors(form, host, error.fields, error.message);
        else tell(host, error);
        if (error.status === 409) onLost(error);
      }
    }),
  );

  /** Shows the decisions this officer may take on the case; hides the form where there are none. */
  function show(given) {
    const same = data?.case_number === given.case_number && data?.decisions.length === given.decisions.length;
    data = given;
    form.hidden = !given.can.includes('decide');
    if (same) return;
    form.reset();
    host.replaceChildren();
    byId('decision-list').replaceChildren(...given.decisions.map((one) => radio('decision', one.code, one.label)));
    more();
  }
  return { show };
}
