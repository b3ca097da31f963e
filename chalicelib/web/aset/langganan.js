// "Kabar": where notices go, changed and taken back on the status page.

import { tellAt } from './kabar.js';
import { busy, byId, formErrors, notice, tell, words } from './page.js';

/** Binds the part of the status page. Gives show(caseNumber, secret); `onChange()` hears that the channel changed. */
export function contacting(onChange) {
  const form = byId('form-contact');
  const host = byId('contact-notice');
  let of = null; // {number, secret}

  async function change(address, said) {
    notice(host);
    try {
      await tellAt(of.number, of.secret, address);
    } catch (error) {
      const fields = Object.values(error.fields ?? {});
      if (fields.length) formErrors(form, byId('contact-errors'), { contact: fields[0] });
      else tell(host, error);
      return;
    }
    form.reset();
    formErrors(form, byId('contact-errors'), {});
    await onChange(of.number, of.secret);
    notice(host, 'ok', words(said));
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const typed = byId('contact-address').value.trim();
    formErrors(form, byId('contact-errors'), typed ? {} : { contact: words('kosong') });
    if (typed) busy(byId('contact-save'), () => change(typed, 'tersimpan'));
  });
  byId('contact-stop').addEventListener('click', () => busy(byId('contact-stop'), () => change('', 'berhenti')));

  return (number, secret) => {
    of = { number, secret };
    byId('contact').hidden = false;
    byId('contact-stop').hidden = !byId('result-channel').dataset.channel;
    notice(host);
  };
}
