// What every page needs: elements, words from the page itself, notices, form errors.

/** The element with this id; a missing one is a mistake in the page, so it throws. */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`#${id} is not on this page`);
  return node;
}

/** A part of `root` marked data-part="name". */
export function part(root, name) {
  return root.querySelector(`[data-part="${name}"]`);
}

/** A new element: h('p', {class: 'x', onclick: fn}, 'text', node, null). */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const SVG = 'http://www.w3.org/2000/svg';

/** An SVG element with attributes. */
export function svg(tag, attributes = {}) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

/** A decorative icon out of aset/ikon.svg. */
export function icon(name) {
  const node = svg('svg', { class: 'icon', 'aria-hidden': 'true' });
  node.append(svg('use', { href: `aset/ikon.svg#${name}` }));
  return node;
}

/** A sentence from the page's <template id="kata">, its {gaps} filled. */
export function words(key, values = {}) {
  const entry = byId('kata').content.querySelector(`[data-kata="${key}"]`);
  if (!entry) throw new Error(`no words for ${key} on this page`);
  return entry.textContent.trim().replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
}

/** A copy of the one element inside <template id>. */
export function clone(id) {
  return byId(id).content.firstElementChild.cloneNode(true);
}

const NOTICE_ICON = { info: 'info', ok: 'cek', warning: 'seru', error: 'seru' };

/** Shows one notice in `host` (kind: info | ok | warning | error); no text empties it. */
export function notice(host, kind = 'info', text = '', hint = '') {
  host.replaceChildren();
  if (!text) return null;
  const body = h('div', {}, h('p', {}, text), hint ? h('p', { class: 'quiet' }, hint) : null);
  const box = h('div', { class: `notice notice-${kind}` }, icon(NOTICE_ICON[kind]), body);
  host.append(box);
  return body;
}

/** Shows an error from the API as a notice: its message, its hint, and the request's number where the fault is ours. */
export function tell(host, error, kind = 'error') {
  if (error.name !== 'ApiError') console.error(error);
  const message = error.name === 'ApiError' ? error.message : words('gangguan');
  const body = notice(host, kind, message, error.hint ?? '');
  if (error.status >= 500 && error.requestId) {
    body.append(h('p', { class: 'quiet' }, words('nomor_permintaan', { nomor: error.requestId })));
  }
  return body;
}

/** Puts `message` under the field named `name` of `form` (or takes it away). */
export function fieldError(form, name, message = '') {
  const slot = form.querySelector(`[data-error="${name}"]`);
  if (!slot) return false;
  slot.replaceChildren(...(message ? [icon('seru'), message] : []));
  const inputs = form.querySelectorAll(`[name="${name}"], [data-field="${name}"]`);
  for (const input of inputs) {
    if (message) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  }
  return true;
}

/** Marks the fields and shows a summary with links, focused. `errors`: {field: message}; an empty one clears. */
export function formErrors(form, host, errors, intro = '') {
  for (const slot of form.querySelectorAll('[data-error]')) fieldError(form, slot.dataset.error);
  host.replaceChildren();
  const names = Object.keys(errors);
  if (!names.length) return;
  const list = h('ul');
  for (const name of names) {
    fieldError(form, name, errors[name]);
    const target = form.querySelector(`[name="${name}"], [data-field="${name}"]`);
    const go = (event) => {
      event.preventDefault();
      target?.focus();
    };
    list.append(h('li', {}, h('a', { href: `#${target?.id ?? ''}`, onclick: go }, errors[name])));
  }
  const box = h('div', { class: 'notice notice-error', tabindex: '-1', role: 'alert' }, icon('seru'));
  box.append(h('div', {}, h('p', {}, h('strong', {}, intro || words('periksa_lagi'))), list));
  host.append(box);
  box.focus();
}

/** While `work` runs the button is busy and cannot be pressed again. */
export async function busy(button, work) {
  if (button.getAttribute('aria-busy') === 'true') return undefined;
  button.setAttribute('aria-busy', 'true');
  button.setAttribute('aria-disabled', 'true');
  try {
    return await work();
  } finally {
    button.removeAttribute('aria-busy');
    button.removeAttribute('aria-disabled');
  }
}

/** Only digits of what was typed. */
export const digits = (text) => text.replace(/\D/g, '');
