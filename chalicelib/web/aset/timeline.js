// A case's way in words: what happened, when, by whom.

import { h } from './page.js';
import { moment } from './waktu.js';

/** Fills an <ol class="timeline"> with [{at, label, detail, by?}]. */
export function timeline(list, items) {
  list.replaceChildren(
    ...items.map(({ at, label, detail, by }) =>
      h(
        'li',
        {},
        h('strong', {}, label),
        detail ? h('span', {}, detail) : null,
        h('time', { datetime: at }, by ? `${moment(at)} · ${by}` : moment(at)),
      ),
    ),
  );
}
