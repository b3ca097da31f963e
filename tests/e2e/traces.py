"""What a person's browser keeps and says, searched for the numbers of the invented people (`tests/leaks.py`).

Addresses asked for, what the console says, titles, cookies, both storages, IndexedDB, the cache of service workers; and
whether an answer of the API or a photo may be kept by the browser's own cache. One thing may hold a number: the draft
that a citizen has not sent yet, on their own phone (`KEPT`); sending or forgetting it clears it (decision 0013).
"""

from __future__ import annotations

import json
from urllib.parse import unquote_plus

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from tests.leaks import numbers_in

KEPT = "berkas.draf"
_IN_THE_PAGE = """async () => {
  const found = { title: document.title, session: { ...sessionStorage }, caches: [], databases: [] };
  for (const name of 'caches' in window ? await caches.keys() : []) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.caches.push([name, request.url, await (await cache.match(request)).text()]);
    }
  }
  for (const { name } of await indexedDB.databases()) {
    const open = indexedDB.open(name);
    const database = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store).getAll();
      found.databases.push([name, store, await new Promise((done) => { all.onsuccess = () => done(all.result); })]);
    }
    database.close();
  }
  return found;
}"""


class Traces:
    """Listens to one person's browser from the beginning; asked at the end."""

    def __init__(self, person: BrowserContext) -> None:
        self._person = person
        self._found: list[str] = []
        person.on("request", self._asked)
        person.on("response", self._answered)
        person.on("console", self._said)

    def found(self, *, draft: bool = False) -> list[str]:
        """`place: kind` of each find; the value itself is not repeated. `draft`: an unsent draft counts too."""
        state = self._person.storage_state()
        for origin in state["origins"]:
            for entry in origin["localStorage"]:
                if draft or entry["name"] != KEPT:
                    self._look(f"local storage {entry['name']}", entry["value"])
        self._look("cookies", json.dumps(state["cookies"]))
        for page in self._person.pages:
            if page.url.startswith("http"):
                self._look_into(page)
        return self._found

    def _look_into(self, page: Page) -> None:
        self._look("an address", page.url)
        for place, kept in page.evaluate(_IN_THE_PAGE).items():
            self._look(place, json.dumps(kept, ensure_ascii=False))

    def _look(self, place: str, text: str) -> None:
        for kind in numbers_in(unquote_plus(text)):
            self._found.append(f"{place}: {kind}")

    def _asked(self, request: Request) -> None:
        self._look("an address asked for", request.url)

    def _said(self, message: ConsoleMessage) -> None:
        self._look("the console", message.text)

    def _answered(self, response: Response) -> None:
        """What holds a case, its photos or an officer's name is for no cache, not even the browser's own."""
        private = "/api/v1/" in response.url or "/olahan/" in response.url
        asked = response.request.method == "GET" and "/wilayah" not in response.url
        kept = "no-store" not in response.headers.get("cache-control", "")
        if private and asked and kept and response.status < 400:
            self._found.append("an answer that a cache may keep")
