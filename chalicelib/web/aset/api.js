// The API, as docs/api.md has it: JSON, idempotency keys, one error shape, patience with a bad line.

import { words } from './page.js';

const BASE = new URL('api/v1/', document.baseURI);
const PAUSES = [1000, 2000, 4000, 8000]; // milliseconds between tries
const PATIENCE = 120000; // milliseconds after which a challenge is met without counting
const TIMEOUT = 25000;
const PROOFS = 3; // how often a phone proves itself for one call: a proof may be late, an address may change
const TRY_AGAIN = new Set([429, 502, 503, 504]);

/** What the server said, or that no answer came (code SINYAL_PUTUS, status 0). */
export class ApiError extends Error {
  constructor(status, { code, message, hint = '', fields = {}, request_id: requestId = '' }) {
    super(message);
    this.name = 'ApiError';
    Object.assign(this, { status, code, hint, fields, requestId });
  }
}

/** A random UUID, also where crypto.randomUUID is not given (plain HTTP on a village network). */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A part of the page that is loaded when it is needed: `await loaded(import(…))`. Throws ApiError where it cannot come. */
export async function loaded(coming) {
  try {
    return await coming;
  } catch (error) {
    console.warn('a part of the page did not come', error.name);
    throw new ApiError(0, { code: 'SINYAL_PUTUS', message: words('SINYAL_PUTUS'), hint: words('coba_lagi') });
  }
}

/** Says on the strip `signal` what the call waits for; '' takes it away. */
export function strip(text) {
  const host = document.getElementById('signal');
  if (!host || host.textContent === text) return;
  host.hidden = !text; // shown before it speaks, or nobody hears it
  host.textContent = text;
}

/** Waits `ms`, or less when the phone finds its line again. */
export function pause(ms) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
  });
}

async function once(url, init) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT);
  try {
    const response = await fetch(url, { cache: 'no-store', ...init, signal: abort.signal });
    return { response, text: await response.text() };
  } finally {
    clearTimeout(timer);
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Sends until there is an answer that is worth telling: {response, text}. Throws ApiError when none comes. */
async function sent(url, init, tries, quiet = false) {
  let proofs = 0;
  for (let attempt = 0; ; attempt += 1) {
    const answer = await once(url, init).catch((error) => {
      if (error.name === 'AbortError' || error instanceof TypeError) return null;
      throw error;
    });
    const challenge = answer?.response.status === 428 && answer.response.headers.get('Berkas-Challenge');
    if (challenge && proofs < PROOFS) {
      proofs += 1;
      init.headers['Berkas-Proof'] = await proof(challenge);
      continue;
    }
    if (answer && !(TRY_AGAIN.has(answer.response.status) && attempt < tries)) {
      strip('');
      return answer;
    }
    if (!answer && !quiet) strip(words('SINYAL_PUTUS'));
    if (attempt >= tries) {
      throw new ApiError(0, { code: 'SINYAL_PUTUS', message: words('SINYAL_PUTUS'), hint: words('coba_lagi') });
    }
    await pause(PAUSES[Math.min(attempt, PAUSES.length - 1)]);
  }
}

/** A form of this page, sent as HTML sends it: {ok, answered}, `answered` being the page that came back. */
export async function page(path, fields) {
  const init = { method: 'POST', headers: { Accept: 'text/html' }, body: new URLSearchParams(fields) };
  const { response, text } = await sent(new URL(path, document.baseURI), init, PAUSES.length);
  if (!response.headers.get('Content-Type')?.startsWith('text/html')) return opened({ response, text });
  return { ok: response.ok, answered: new DOMParser().parseFromString(text, 'text/html') };
}

/**
 * One call. `path` is relative to api/v1/. Officers are known by a cookie; that a page of ours asks, by a header that no
 * other site can set. Options: body (object), secret, key (Idempotency-Key; made here when absent), tries (how often a lost line
 * is tried again, always with the same key), quiet (a lost line is told elsewhere), cache (what the browser itself may
 * keep of the answer: nothing). Throws ApiError.
 */
export async function call(method, path, { body, secret, key, tries = PAUSES.length, quiet = false, cache = 'no-store' } = {}) {
  const headers = { Accept: 'application/json', 'Berkas-Page': '1' };
  if (secret) headers['Berkas-Secret'] = secret;
  const init = { method, headers, cache };
  if (method !== 'GET') {
    headers['Content-Type'] = 'application/json';
    headers['Idempotency-Key'] = key ?? newKey();
    init.body = JSON.stringify(body ?? {});
  }
  return opened(await sent(new URL(path, BASE), init, tries, quiet));
}

/** Many ask at once: this phone counts a little, or, where it cannot, is patient. */
async function proof(challenge) {
  strip(words('menghitung'));
  try {
    const { solve } = await import('./tantangan.js');
    return await solve(challenge);
  } catch (error) {
    console.warn('this browser cannot count', error.name);
    strip(words('menunggu'));
    await pause(PATIENCE);
    return `${challenge};tunggu`;
  }
}

function opened({ response, text }) {
  const data = text ? parsed(text) : {};
  if (response.ok && data) return data;
  const told = data?.error?.message ? data.error : { code: 'GANGGUAN_KAMI', message: words('gangguan') };
  throw new ApiError(response.status, told);
}
