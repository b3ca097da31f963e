// The API, as docs/api.md has it: JSON, idempotency keys, one error shape, patience with a bad line.

import { words } from './page.js';

const BASE = new URL('api/v1/', document.baseURI);
const PAUSES = [1000, 2000, 4000, 8000]; // milliseconds between tries
const TIMEOUT = 25000;
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

/** Tells the page whether the line is there; `signal` is the strip that says it. */
function line(up) {
  const strip = document.getElementById('signal');
  if (!strip || strip.hidden === up) return;
  strip.textContent = up ? '' : words('SINYAL_PUTUS');
  strip.hidden = up;
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
    const response = await fetch(url, { ...init, signal: abort.signal, cache: 'no-store' });
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

/**
 * One call. `path` is relative to api/v1/. Options: body (object), secret, token, key (Idempotency-Key; made here when
 * absent), tries (how often a lost line is tried again, always with the same key). Throws ApiError.
 */
export async function call(method, path, { body, secret, token, key, tries = PAUSES.length } = {}) {
  const headers = { Accept: 'application/json' };
  if (secret) headers['Berkas-Secret'] = secret;
  if (token) headers.Authorization = `Bearer ${token}`;
  const init = { method, headers };
  if (method !== 'GET') {
    headers['Content-Type'] = 'application/json';
    headers['Idempotency-Key'] = key ?? newKey();
    init.body = JSON.stringify(body ?? {});
  }
  for (let attempt = 0; ; attempt += 1) {
    const answer = await once(new URL(path, BASE), init).catch((error) => {
      if (error.name === 'AbortError' || error instanceof TypeError) return null;
      throw error;
    });
    if (answer && !(TRY_AGAIN.has(answer.response.status) && attempt < tries)) {
      line(true);
      return opened(answer);
    }
    if (!answer) line(false);
    if (attempt >= tries) {
      throw new ApiError(0, { code: 'SINYAL_PUTUS', message: words('SINYAL_PUTUS'), hint: words('coba_lagi') });
    }
    await pause(PAUSES[Math.min(attempt, PAUSES.length - 1)]);
  }
}

function opened({ response, text }) {
  const data = text ? parsed(text) : {};
  if (response.ok && data) return data;
  const told = data?.error?.message ? data.error : { code: 'GANGGUAN_KAMI', message: words('gangguan') };
  throw new ApiError(response.status, told);
}
