// Times as people here read them, in the page's language: `22 November 2026, 09.31 WIB`, in English `09:31`.

const ENGLISH = document.documentElement.lang === 'en';
const DOT = ENGLISH ? ':' : '.';
const ZONES = { 420: 'WIB', 480: 'WITA', 540: 'WIT' };
const DATE = new Intl.DateTimeFormat(ENGLISH ? 'en-GB' : 'id-ID', { day: 'numeric', month: 'long', year: 'numeric' });
const MINUTE = 60_000;
const DAY = 86_400_000;

const two = (number) => String(number).padStart(2, '0');

/** The phone's zone by its offset at that moment; outside Indonesia its distance to UTC. */
function zone(at) {
  const east = -at.getTimezoneOffset();
  if (ZONES[east]) return ZONES[east];
  return `UTC${east < 0 ? '−' : '+'}${two(Math.floor(Math.abs(east) / 60))}${DOT}${two(Math.abs(east) % 60)}`;
}

/** `22 November 2026` */
export const date = (iso) => DATE.format(new Date(iso));

/** `22 November 2026, 09.31 WIB` */
export function moment(iso) {
  const at = new Date(iso);
  return `${DATE.format(at)}, ${two(at.getHours())}${DOT}${two(at.getMinutes())} ${zone(at)}`;
}

/** The phone's date as `2026-11-22`, for the form's fields and the API. */
export function today() {
  const now = new Date();
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Whole days between `iso` and now, never below 0. */
export const daysSince = (iso) => Math.max(0, Math.floor((Date.now() - new Date(iso)) / DAY));

/** Milliseconds until `iso`, never below 0. */
export const until = (iso) => Math.max(0, new Date(iso) - Date.now());

/** `14.32` for a countdown of 14 minutes and 32 seconds. */
export const clock = (ms) => `${Math.floor(ms / MINUTE)}${DOT}${two(Math.floor((ms % MINUTE) / 1000))}`;
