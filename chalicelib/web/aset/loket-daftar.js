// Entry from a list: judged at the server row by row, mended in place, the good rows saved one by one. The list itself
// lives in this page alone; it is gone when the page is left.

import { rowCard } from './loket-baris.js';
import { saveAll } from './loket-simpan.js';
import { busy, byId, h, notice, part, tell, words } from './page.js';
import { asked } from './tanya.js';
import { attempt, further } from './ulang.js';

const AT_ONCE = 20;
const MIB = 1024 * 1024;

/** The file's bytes in base64. */
function encoded(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

function keep({ name, type, data }) {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Binds the list half of the page. `village()` is whose counter it is. */
export function entryFromList(desk, village) {
  const host = byId('list-notice');
  let rows = []; // {row, good, values, remarks, key, saved: case number}
  let shown = AT_ONCE;
  let cursor = null;
  let person = null; // draws a waiting draft, given by the counter

  const open = () => rows.filter((row) => !row.saved);
  const good = () => open().filter((row) => row.good);
  const bad = () => open().filter((row) => !row.good);

  function draw() {
    const [ready, wrong, done] = [good().length, bad().length, rows.length - open().length];
    byId('list-result').hidden = rows.length === 0;
    byId('list-count').textContent = words('daftar_hasil', { siap: ready, salah: wrong, simpan: done });
    byId('list-save').hidden = ready === 0;
    byId('list-save').textContent = words('simpan_baris', { n: ready });
    byId('list-wrong').hidden = wrong === 0;
    byId('bad-rows').replaceChildren(...bad().slice(0, shown).map((row) => rowCard(row, { again: judge, remove })));
    byId('bad-more').hidden = wrong <= shown;
  }

  /** Takes a row off the list; what was typed into it comes back with one press. */
  function remove(row) {
    const at = rows.indexOf(row);
    rows = rows.filter((one) => one !== row);
    draw();
    const undo = h('button', { type: 'button', class: 'button button-small' }, words('urungkan'));
    undo.addEventListener('click', () => {
      rows = [...rows.slice(0, at), row, ...rows.slice(at)];
      notice(byId('save-notice'));
      draw();
      byId('bad-rows').querySelector(`[data-row="${row.row}"] input`)?.focus();
    });
    notice(byId('save-notice'), 'info', words('baris_dihapus', { n: row.row })).append(undo);
    undo.focus();
  }

  /** Takes the server's judgement on; what is saved stays as it is. */
  function judged(answer) {
    const saved = rows.filter((row) => row.saved);
    const before = new Map(rows.map((row) => [row.row, row]));
    rows = [...saved, ...answer.map((row) => ({ ...row, key: before.get(row.row)?.key, saved: '' }))].sort((a, b) => a.row - b.row);
  }

  /** Judges all open rows again, with what was typed into them. */
  async function judge(button, at) {
    await busy(button, async () => {
      try {
        const asked = open().map(({ row, values }) => ({ row, values }));
        const answer = await desk.call('POST', 'counter/list/rows', { body: { village: village().code, rows: asked } });
        judged(answer.rows);
        draw();
        const again = byId('bad-rows').querySelector(`[data-row="${at}"] input`);
        if (again) again.focus();
        else byId('list-result-heading').focus();
      } catch (error) {
        tell(part(button.closest('[data-row]'), 'problem'), error);
      }
    });
  }

  byId('list-file').addEventListener('change', async () => {
    const [file] = byId('list-file').files;
    byId('list-file').value = '';
    if (!file) return;
    if (open().length && !(await asked(words('tanya_ganti'), words('tanya_ganti_jelas', { n: open().length }), words('ya_ganti')))) return;
    rows = [];
    shown = AT_ONCE;
    draw();
    notice(byId('save-notice'));
    if (file.size > MIB) notice(host, 'error', words('DAFTAR_TERLALU_BESAR'), words('DAFTAR_TERLALU_BESAR_saran'));
    else await attempt(host, () => judgeAll(file));
  });

  async function judgeAll(file) {
    notice(host, 'info', words('daftar_diperiksa'));
    byId('waiting').hidden = true; // it stands below what comes now
    try {
      const data = await encoded(file);
      const answer = await desk.call('POST', 'counter/list', { body: { village: village().code, data } });
      notice(host);
      judged(answer.rows);
      draw();
    } finally {
      byId('waiting').hidden = false;
    }
    byId('list-result-heading').focus();
  }

  async function download(button, method, path, options) {
    await busy(button, async () => {
      try {
        keep(await desk.call(method, path, options));
      } catch (error) {
        tell(host, error);
      }
    });
  }
  byId('list-template').addEventListener('click', () => download(byId('list-template'), 'GET', 'counter/list/template'));
  byId('list-download').addEventListener('click', () => {
    const remaining = bad().map(({ values, remarks }) => ({
      values,
      reason: remarks.filter(({ weight }) => weight === 'stops').map(({ message, hint }) => `${message} ${hint}`.trim()).join(' '),
    }));
    download(byId('list-download'), 'POST', 'counter/list/remaining', { body: { rows: remaining } });
  });
  byId('bad-more').addEventListener('click', () => {
    shown += AT_ONCE;
    draw();
  });

  byId('list-save').addEventListener('click', () => {
    busy(byId('list-save'), async () => {
      await saveAll(desk, village(), good());
      draw();
    }).then(() => waiting());
  });

  // --- what was saved and waits for its photos

  async function page(after = null) {
    const path = `counter/waiting?village=${encodeURIComponent(village().code)}`;
    const { items, next } = await desk.call('GET', after ? `${path}&cursor=${encodeURIComponent(after)}` : path);
    const drawn = items.map(person);
    if (after) byId('waiting-list').append(...drawn);
    else byId('waiting-list').replaceChildren(...drawn);
    cursor = next;
    byId('waiting-more').hidden = !next;
    byId('waiting-list').hidden = !byId('waiting-list').childElementCount;
  }

  function waiting() {
    const said = byId('waiting-count');
    said.textContent = words('memuat');
    return attempt(byId('waiting-notice'), async () => {
      try {
        await page();
        said.textContent = byId('waiting-list').hidden ? words('tunggu_kosong') : '';
      } catch (error) {
        said.textContent = '';
        throw error;
      }
    });
  }
  further('waiting-more', () => page(cursor));

  return {
    enter(drawPerson) {
      person = drawPerson;
      draw();
      waiting();
    },
  };
}
