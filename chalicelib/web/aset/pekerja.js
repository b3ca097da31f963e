// The worker behind the pages (service worker): shells of pages are answered from this phone at once and renewed behind
// it, so that the form opens in a blink, and without a signal too. Decision 0020 tells what may go wrong and why it cannot.
//
// A shell is kept only when every file it names lies here, each under the address that carries its digest: what opens
// without a signal is of one version, whole. Nothing else is kept: no answer that speaks of a case, nothing of the API.

const CACHE = 'berkas-1'; // another way of keeping has another number; whatever else begins so is thrown away
const PAGES = ['', 'usulan', 'status', 'petugas'];
const BASE = new URL('./', self.location); // a stage of the gateway has a path of its own
const NAMED = /(?:\baset|\.)\/([\w-]+(?:\.[\w-]+)+\?v=[0-9a-f]{12})/g;
const PATIENCE = 5000; // milliseconds a page that was asked for anew is waited for, before the kept one is shown

let turn = 0; // counts forgettings: what was fetched before one is not kept after it
const renewing = new Map(); // page → the renewal under way

/** Which kept page an address means: '' the home page; null: none. The status page reads its `?n=` by itself. */
function pageAt(url) {
  const name = url.pathname.slice(BASE.pathname.length);
  const plain = !url.search || (name === 'status' && [...url.searchParams.keys()].every((key) => key === 'n'));
  return plain && PAGES.includes(name) ? name : null;
}

const address = (name) => new URL(name, BASE).href;
const kept = async (name) => (await caches.open(CACHE)).match(address(name), { ignoreVary: true }); // one language at a time

/** Whether an answer is one of our shells: for everybody alike, and nothing that somebody forbade to keep. */
function isShell(answer) {
  const [type, rule] = ['Content-Type', 'Cache-Control'].map((header) => answer.headers.get(header) ?? '');
  return answer.status === 200 && !answer.redirected && type.startsWith('text/html') && !/no-store|private/.test(rule);
}

/** One file into the cache, unless it lies there; its text where it may name others. Throws when it cannot be had whole. */
async function file(cache, href) {
  let answer = await cache.match(href);
  if (!answer) {
    answer = await fetch(href);
    // another version lies there by now: its answer is not for ever
    if (!answer.ok || !answer.headers.get('Cache-Control')?.includes('immutable')) throw new Error('a file is not there');
    await cache.put(href, answer.clone());
  }
  return /\.(js|css)\?/.test(href) ? answer.text() : '';
}

/** All files that `text` names, with those that these name, into `seen`; `take(href)` gives each file's text. */
async function walk(text, take, seen = new Set()) {
  const named = [...text.matchAll(NAMED)].map(([, name]) => address(`aset/${name}`));
  const fresh = [...new Set(named)].filter((href) => !seen.has(href));
  for (const href of fresh) seen.add(href);
  await Promise.all(fresh.map(async (href) => walk(await take(href), take, seen)));
  return seen;
}

/** Files that no kept page names go; those of the version before stay as long as it may still be open somewhere. */
async function tidy(cache, before) {
  const texts = await Promise.all(PAGES.map(async (name) => (await cache.match(address(name)))?.text() ?? ''));
  const have = async (href) => (/\.(js|css)\?/.test(href) ? ((await cache.match(href))?.text() ?? '') : '');
  const named = await walk([...texts, before].join('\n'), have);
  for (const { url } of await cache.keys()) {
    if (url.includes('?v=') && !named.has(url)) await cache.delete(url);
  }
}

/** Keeps a page's answer where it is another than the one kept, once all that it names is here. */
async function keep(name, answer, mine) {
  if (!isShell(answer)) return;
  const cache = await caches.open(CACHE);
  const text = await answer.clone().text();
  const old = await cache.match(address(name));
  const before = (await old?.text()) ?? '';
  const policy = 'Content-Security-Policy';
  if (text === before && answer.headers.get(policy) === old.headers.get(policy)) return;
  await walk(text, (href) => file(cache, href));
  if (mine !== turn) return;
  await cache.put(address(name), answer);
  await tidy(cache, before);
}

/** Asks for the page anew and keeps it; a lost line changes nothing. */
function renew(name) {
  if (!renewing.has(name)) {
    const mine = turn;
    const work = fetch(address(name), { cache: 'no-cache', credentials: 'same-origin' })
      .then((answer) => keep(name, answer, mine))
      .catch((error) => console.info('not renewed', error.name))
      .finally(() => renewing.delete(name));
    renewing.set(name, work);
  }
  return renewing.get(name);
}

/** The pages go, not the files: they speak another language, or are no longer to be shown. */
async function forget() {
  turn += 1;
  renewing.clear();
  const cache = await caches.open(CACHE);
  await Promise.all(PAGES.map((name) => cache.delete(address(name))));
}

const late = (ms) => new Promise((_, give) => setTimeout(() => give(new Error('too late')), ms));

async function page(event, name) {
  const here = await kept(name);
  const anew = ['no-cache', 'reload'].includes(event.request.cache); // somebody pressed "load again"
  if (here && !anew) {
    event.waitUntil(renew(name));
    return here;
  }
  const mine = turn;
  const asked = fetch(event.request);
  const answer = await (here ? Promise.race([asked, late(PATIENCE)]).catch(() => here) : asked);
  if (answer !== here) {
    const again = new URL(event.request.url).search ? renew(name) : keep(name, answer.clone(), mine);
    event.waitUntil(again.catch((error) => console.info('not kept', error.name)));
  }
  return answer;
}

const asset = async (request) => (await (await caches.open(CACHE)).match(request.url)) ?? fetch(request);

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  const old = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('berkas-') && name !== CACHE);
    await Promise.all(names.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(old());
});

self.addEventListener('message', (event) => {
  const name = pageAt(new URL(event.source.url));
  if (event.data === 'simpan' && name !== null) event.waitUntil(kept(name).then((here) => here ?? renew(name)));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (!request.url.startsWith(BASE.href)) return;
  if (request.mode === 'navigate' && url.pathname.startsWith(`${BASE.pathname}bahasa/`)) {
    event.respondWith(forget().then(() => fetch(request)));
  } else if (request.method === 'GET' && request.mode === 'navigate' && pageAt(url) !== null) {
    event.respondWith(page(event, pageAt(url)));
  } else if (request.method === 'GET' && url.pathname.startsWith(`${BASE.pathname}aset/`) && url.search.startsWith('?v=')) {
    event.respondWith(asset(request));
  }
});
