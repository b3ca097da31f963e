// What was found in a case: each finding leads to the places it speaks of; values of several documents stand side by side.

import { byId, h, icon, words } from './page.js';
import { drawCrop, hasBox, picture } from './potongan.js';

/** Findings of the case, then of each document; a document's message only where no finding of it says the same. */
function gathered(data) {
  const ofDocument = ({ slot, title, findings, message }) => {
    const told = findings.map((one) => ({ ...one, slot, about: title }));
    if (message && !told.some((one) => one.message === message)) told.push({ severity: 'info', message, fields: [], slot, about: title });
    return told;
  };
  const labels = new Map([...data.fields.map(({ name, label }) => [name, label]), ...data.documents.map(({ slot, title }) => [slot, title])]);
  const ofCase = data.findings.map((one) => ({ ...one, about: one.fields.map((name) => labels.get(name)).filter(Boolean).join(', ') }));
  return [...ofCase, ...data.documents.flatMap(ofDocument)];
}

/** The places a finding speaks of: [[slot, boxes]], each document once. */
function places(found, data) {
  const seen = new Map();
  for (const { slot, box } of found.boxes ?? []) {
    if (hasBox(box)) seen.set(slot, [...(seen.get(slot) ?? []), box]);
  }
  const named = found.slot ?? found.fields.find((name) => data.documents.some((one) => one.slot === name));
  if (!seen.size && named) seen.set(named, []);
  return [...seen].filter(([slot]) => data.documents.some((one) => one.slot === slot && one.picture));
}

/** One value cut out of its document; pressed, it shows where it stands. */
function crop(document_, box, look) {
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  picture(`${document_.slot} ${document_.upload_id}`, document_.picture.url).then((image) => {
    if (image) drawCrop(canvas, image, document_.picture, box);
  });
  return h('button', { type: 'button', class: 'piece', onclick: () => look(document_.slot, [box]) }, canvas, h('span', {}, document_.title));
}

/** Fills #findings and #findings-none. `look(slot, boxes)` shows places on the pictures. */
export function showFindings(data, look) {
  const all = gathered(data);
  const list = byId('findings');

  function item(found) {
    const where = places(found, data);
    const title = found.about ? h('strong', {}, found.about) : null;
    const text = [title, h('span', {}, found.message)];
    const go = () => {
      for (const other of list.querySelectorAll('[aria-pressed]')) other.setAttribute('aria-pressed', String(other === button));
      look(...where[0]);
    };
    const button = where.length
      ? h('button', { type: 'button', class: 'finding', 'aria-pressed': 'false', onclick: go }, ...text, h('span', { class: 'finding-go' }, words('tunjukkan')))
      : h('p', { class: 'finding' }, ...text);
    const strip = where.length > 1 ? h('div', { class: 'strip' }) : null;
    for (const [slot, boxes] of strip ? where : []) {
      const document_ = data.documents.find((one) => one.slot === slot);
      strip.append(...boxes.map((box) => crop(document_, box, look)));
    }
    return h('li', { class: `notice notice-${found.severity}` }, icon(found.severity === 'info' ? 'info' : 'seru'), h('div', {}, button, strip));
  }

  byId('findings-none').hidden = all.length > 0;
  list.replaceChildren(...all.map(item));
}

/** Fills #twins with the other cases about the same people; `go(number)` opens one. */
export function showTwins(numbers, go) {
  byId('twins').hidden = numbers.length === 0;
  byId('twins-list').replaceChildren(
    ...numbers.map((number) => {
      const open = (event) => {
        event.preventDefault();
        go(number);
      };
      return h('li', {}, h('a', { class: 'button button-small number', href: `#usulan/${encodeURIComponent(number)}`, onclick: open }, number));
    }),
  );
}
