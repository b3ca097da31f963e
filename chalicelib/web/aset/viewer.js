// Pictures one can look into: tabs, zoom, turn, drag, and a box drawn where a value stands.

import { bounds, hasBox, points } from './potongan.js';
import { h, part, svg, words } from './page.js';

const MAX = 6; // screen pixels a picture pixel
const STEP = 1.35;

/** Binds the viewer's element. Gives {open(documents), look(slot, box)}. */
export function viewer(root) {
  const [stage, sheet, tabs, none] = ['stage', 'sheet', 'tabs', 'none'].map((name) => part(root, name));
  let documents = [];
  let current = null;
  let box = null;
  const views = new Map(); // slot → {x, y (picture point at the middle), scale, turn in degrees}

  const size = () => current?.picture ?? { width: 1, height: 1 };
  const view = () => views.get(current?.slot);

  /** A screen distance as a distance on the picture. */
  function onPicture(dx, dy, { scale, turn }) {
    const angle = (-turn * Math.PI) / 180;
    return {
      x: (dx * Math.cos(angle) - dy * Math.sin(angle)) / scale,
      y: (dx * Math.sin(angle) + dy * Math.cos(angle)) / scale,
    };
  }

  const fromMiddle = (event) => {
    const frame = stage.getBoundingClientRect();
    return [event.clientX - frame.left - frame.width / 2, event.clientY - frame.top - frame.height / 2];
  };

  /** The scale at which `width` × `height` of the picture fills the stage. */
  function scaleFor(width, height, turn) {
    const [w, h2] = turn % 180 ? [height, width] : [width, height];
    return Math.min(stage.clientWidth / w, stage.clientHeight / h2);
  }

  function draw() {
    const now = view();
    if (!now) return;
    const { width, height } = size();
    now.scale = Math.min(MAX, Math.max(scaleFor(width, height, now.turn) * 0.8, now.scale));
    now.x = Math.min(width, Math.max(0, now.x));
    now.y = Math.min(height, Math.max(0, now.y));
    const middle = `translate(${stage.clientWidth / 2}px, ${stage.clientHeight / 2}px)`;
    sheet.style.width = `${width}px`;
    sheet.style.height = `${height}px`;
    sheet.style.transform = `${middle} rotate(${now.turn}deg) scale(${now.scale}) translate(${-now.x}px, ${-now.y}px)`;
  }

  function fit() {
    if (!current) return;
    const { width, height } = size();
    const turn = view()?.turn ?? 0;
    views.set(current.slot, { x: width / 2, y: height / 2, scale: scaleFor(width, height, turn), turn });
    draw();
  }

  function zoom(factor, [dx, dy] = [0, 0]) {
    const now = view();
    if (!now) return;
    const before = onPicture(dx, dy, now);
    now.scale = Math.min(MAX, now.scale * factor);
    const after = onPicture(dx, dy, now);
    now.x += before.x - after.x;
    now.y += before.y - after.y;
    draw();
  }

  function pan(dx, dy) {
    const now = view();
    if (!now) return;
    const moved = onPicture(dx, dy, now);
    now.x -= moved.x;
    now.y -= moved.y;
    draw();
  }

  function turn() {
    const now = view();
    if (!now) return;
    now.turn = (now.turn + 90) % 360;
    fit();
  }

  function overlay() {
    const { width, height } = size();
    const layer = svg('svg', { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
    if (hasBox(box)) layer.append(svg('polygon', { points: points(box) }));
    sheet.querySelector('svg')?.remove();
    sheet.append(layer);
  }

  function select(slot) {
    const wanted = documents.find((one) => one.slot === slot);
    if (!wanted) return;
    const changed = current?.slot !== slot;
    current = wanted;
    for (const tab of tabs.children) {
      tab.setAttribute('aria-selected', String(tab.dataset.slot === slot));
      tab.tabIndex = tab.dataset.slot === slot ? 0 : -1;
    }
    none.hidden = Boolean(current.picture);
    sheet.hidden = !current.picture;
    if (!current.picture) return;
    if (changed || !sheet.querySelector('img')) {
      const image = h('img', { src: current.picture.url, alt: words('gambar_dari', { judul: current.title }), draggable: 'false' });
      sheet.replaceChildren(image);
    }
    overlay();
    if (!view()) fit();
    draw();
  }

  // --- hands: wheel, drag, two fingers, keys, buttons
  const fingers = new Map();
  stage.addEventListener('wheel', (event) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? STEP : 1 / STEP, fromMiddle(event));
  }, { passive: false });
  stage.addEventListener('pointerdown', (event) => {
    fingers.set(event.pointerId, event);
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener('pointermove', (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const other = [...fingers.values()].find((one) => one.pointerId !== event.pointerId);
    if (other) {
      const gap = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      zoom(gap(event) / gap(last), fromMiddle(other));
    } else pan(event.clientX - last.clientX, event.clientY - last.clientY);
    fingers.set(event.pointerId, event);
  });
  for (const name of ['pointerup', 'pointercancel']) {
    stage.addEventListener(name, (event) => fingers.delete(event.pointerId));
  }
  const KEYS = {
    '+': () => zoom(STEP), '=': () => zoom(STEP), '-': () => zoom(1 / STEP), 0: fit, r: turn,
    ArrowLeft: () => pan(60, 0), ArrowRight: () => pan(-60, 0), ArrowUp: () => pan(0, 60), ArrowDown: () => pan(0, -60),
  };
  stage.addEventListener('keydown', (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  const tools = { larger: () => zoom(STEP), smaller: () => zoom(1 / STEP), turn, fit };
  for (const [name, act] of Object.entries(tools)) part(root, name).addEventListener('click', act);
  tabs.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = [...tabs.children];
    const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
    select(next.dataset.slot);
    next.focus();
  });
  new ResizeObserver(draw).observe(stage);

  /** Takes the documents of a case: [{slot, title, picture}]. */
  function open(given) {
    documents = given;
    current = null;
    box = null;
    views.clear();
    sheet.replaceChildren();
    tabs.replaceChildren(
      ...documents.map((one) =>
        h('button', { type: 'button', role: 'tab', 'data-slot': one.slot, onclick: () => { box = null; select(one.slot); } }, one.title),
      ),
    );
    if (documents.length) select(documents[0].slot);
  }

  /** Turns to the document and zooms to the box, drawn. */
  function look(slot, wanted) {
    if (!documents.some((one) => one.slot === slot)) return;
    box = hasBox(wanted) ? wanted : null;
    select(slot);
    if (!box || !current.picture) return;
    const area = bounds(box);
    const now = view();
    const close = Math.min(scaleFor(area.width * 1.2, area.height * 3, now.turn), 2.5);
    Object.assign(now, { x: area.x + area.width / 2, y: area.y + area.height / 2, scale: close });
    draw();
  }
  return { open, look };
}
