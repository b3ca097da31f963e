// What this phone keeps (at a counter: this tab): the draft being filled, and the receipts of what was sent. Photos wait
// elsewhere (gudang.js).

import { newKey } from './api.js';
import { kept } from './pintu.js';

const DRAFT = 'berkas.draf';
const RECEIPTS = 'berkas.bukti';
const DAYS = 30; // as long as the server keeps a draft
const memory = new Map(); // where the browser forbids storage, at least until the page is closed
let resting = false;

function read(name) {
  try {
    return JSON.parse(kept().getItem(name) ?? 'null');
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    return memory.get(name) ?? null;
  }
}

function write(name, value) {
  if (resting) return;
  memory.set(name, value);
  try {
    if (value === null) kept().removeItem(name);
    else kept().setItem(name, JSON.stringify(value));
  } catch (error) {
    console.warn('this browser keeps nothing', error.name);
  }
}

/**
 * The draft: {target, step, values, touched, region_label, keys, at}; once it is begun {case_number, secret}; `kept` and
 * `sent`: slot → when its photo was kept here, or reached us; `wanted`: to be sent as soon as there is a line; `version`
 * and `saved`: of the answers that lie with the server (titip.js).
 */
export const emptyDraft = () => ({ values: {}, touched: {}, kept: {}, sent: {}, keys: {}, version: 0 });

/** The draft of this phone; one that nobody touched for so long is gone. */
export function loadDraft() {
  const draft = { ...emptyDraft(), ...read(DRAFT) };
  return Date.now() - new Date(draft.at ?? Date.now()) > DAYS * 86_400_000 ? emptyDraft() : draft;
}

export const saveDraft = (draft) => write(DRAFT, draft.target ? Object.assign(draft, { at: new Date().toISOString() }) : null);
export const dropDraft = () => write(DRAFT, null);

/** Another tab keeps from now on: nothing is written here any more. */
export const rest = () => {
  resting = true;
};

/** The same key for the same body, also after the page was killed; another body gets another key. */
export function keyFor(draft, name, body) {
  const text = JSON.stringify(body);
  if (draft.keys[name]?.text !== text) {
    draft.keys[name] = { key: newKey(), text };
    saveDraft(draft);
  }
  return draft.keys[name].key;
}

/** Receipts kept here, newest first: [{secret, receipt}], the receipt as the API gave it. */
export const receipts = () => read(RECEIPTS) ?? [];

const others = (caseNumber) => receipts().filter(({ receipt }) => receipt.case_number !== caseNumber);

export const keptReceipt = (caseNumber) => receipts().find(({ receipt }) => receipt.case_number === caseNumber);

export const keepReceipt = (receipt, secret) =>
  write(RECEIPTS, [{ secret, receipt }, ...others(receipt.case_number)].slice(0, 20));

/** Nothing of anybody stays: neither the draft nor receipts. */
export const dropAll = () => [DRAFT, RECEIPTS].forEach((name) => write(name, null));

export const dropReceipt = (caseNumber) => write(RECEIPTS, others(caseNumber));
