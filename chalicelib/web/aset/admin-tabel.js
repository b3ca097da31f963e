// A table of the console that grows by pages.

import { byId, notice } from './page.js';
import { attempt, further } from './ulang.js';

/** The address's query, without what is empty. */
export const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();

/** Binds the table `name`: its -rows inside what is [data-grown], -empty, -more and, for `anew`, -notice. `load(cursor)` gives {items, next}, `draw(item)` a row.
 *  Gives {fill(): loads its first page or throws, anew(): the same for another question, with what goes wrong told in it}. */
export function growing(name, load, draw) {
  const rows = byId(`${name}-rows`);
  const table = rows.closest('[data-grown]');
  const empty = byId(`${name}-empty`);
  let next = null;
  let turn = 0; // a question asked later counts, whatever answer comes first

  async function page(cursor) {
    turn += 1;
    const mine = turn;
    const answer = await load(cursor);
    if (mine !== turn) return;
    const drawn = answer.items.map(draw);
    if (cursor) rows.append(...drawn);
    else rows.replaceChildren(...drawn);
    next = answer.next;
    byId(`${name}-more`).hidden = !next;
    table.hidden = rows.children.length === 0;
    empty.hidden = !table.hidden;
  }

  further(`${name}-more`, () => page(next));
  return {
    fill: () => page(null),
    anew() {
      const host = byId(`${name}-notice`);
      notice(host);
      for (const part of [table, empty, byId(`${name}-more`)]) part.hidden = true; // of another question
      return attempt(host, async () => {
        byId('loading').hidden = false;
        try {
          await page(null);
        } finally {
          byId('loading').hidden = true;
        }
      });
    },
  };
}
