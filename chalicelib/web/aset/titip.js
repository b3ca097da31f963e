// What was typed, left with the server at each step so that another phone can go on with it. The last one saved counts; a
// phone that has missed another's saving asks its person which to keep.

import { call } from './api.js';
import { keyFor, saveDraft } from './draft.js';
import { h, notice, words } from './page.js';
import { adopt, TYPED, typed } from './sambung.js';
import { STEPS } from './urutan.js';
import { moment } from './waktu.js';

const path = (draft, tail = '') => `usulan/${encodeURIComponent(draft.case_number)}${tail}`;

/** Whether something typed here lies nowhere else. */
const isUnsaved = (draft) => JSON.stringify(typed(draft)) !== (draft.saved ?? '{}');

/** Whether two sets of answers say the same. */
const same = (one, other) => TYPED.every((name) => (one[name] ?? '') === (other[name] ?? ''));

/**
 * Saving of a form's answers. `host` is where a difference is asked about, `onAdopted()` hears that fields have changed.
 * Gives {save(), meet(answers)}.
 */
export function keeping(form, host, onAdopted) {
  let busy = false;
  let meanwhile = false; // asked for while one was under way
  let asking = false;

  /** Leaves what was typed with the server, if there is anything new; a lost line leaves it for the next time. */
  async function save() {
    const { draft } = form;
    meanwhile = busy;
    if (busy || asking || !draft.case_number || STEPS.indexOf(form.step) < 1) return;
    const values = typed(draft);
    const text = JSON.stringify(values);
    if (text === (draft.saved ?? '{}') && draft.screen === form.step) return;
    const screen = form.step;
    const body = { screen, values, seen: draft.version };
    busy = true;
    try {
      const options = { body, secret: draft.secret, key: keyFor(draft, 'isian', body), tries: 0, quiet: true };
      const { version } = await call('POST', path(draft, '/answers'), options);
      Object.assign(draft, { version, screen, saved: text });
      if (form.draft === draft) saveDraft(draft);
    } catch (error) {
      if (error.code !== 'ISIAN_DI_HP_LAIN') {
        if (error.status) console.info('not saved yet', error.status);
        return;
      }
      const view = await call('GET', path(draft), { secret: draft.secret, tries: 0, quiet: true }).catch(() => null);
      if (view?.answers && form.draft === draft) meet(view.answers);
    } finally {
      busy = false;
    }
    if (meanwhile) save();
  }

  /** Another phone may have saved since: its answers are taken over, unless words of this phone would be lost. */
  function meet(answers) {
    const { draft } = form;
    if (!answers || answers.version <= draft.version) return;
    if (same(typed(draft), answers.values)) {
      adopt(draft, answers); // our own, whose answer was lost on the way
      return;
    }
    if (!isUnsaved(draft)) {
      adopt(draft, answers);
      onAdopted();
      notice(host, 'info', words('isian_terbaru', { waktu: moment(answers.saved_at) }));
      return;
    }
    asking = true;
    const choose = (take) => () => {
      asking = false;
      if (take) adopt(draft, answers);
      else draft.version = answers.version; // seen, and saved over knowingly
      notice(host);
      onAdopted();
      save();
    };
    const body = notice(host, 'warning', words('isian_lain', { waktu: moment(answers.saved_at) }), words('isian_pilih'));
    body.append(
      h('div', { class: 'row' },
        h('button', { type: 'button', class: 'button button-small', onclick: choose(true) }, words('pakai_hp_lain')),
        h('button', { type: 'button', class: 'button button-small', onclick: choose(false) }, words('pakai_hp_ini'))),
    );
  }

  return { save, meet };
}
