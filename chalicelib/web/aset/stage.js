// A picture one can look into: zoom, turn, drag, and boxes drawn where values stand.

import { bounds, hasBox, points } from './potongan.js';
import { clone, h, part, svg } from './page.js';

const MAX = 6; // screen pixels a picture pixel
const STEP = 1.35;

/** The upright rectangle around several boxes. */
const around = (boxes) => bounds(boxes.flat());

/**
 * A stage out of <template id="t-stage">. Gives {node, show(name, picture, alt, caption), look(boxes)}; `name` keeps how
 * a picture was looked at until `forget()`.
 */
export function makeStage() {
  const node = clone('t-stage');
  const [stage, sheet, none, caption] = ['stage', 'sheet', 'none', 'caption'].map((name) => part(node, name));
  let current = null; // {name, picture}
  const views = new Map(); // name → {x, y (picture point at the middle), scale, turn in degrees}

  const size = () => current?.picture ?? { width: 1, height: 1 };
  const view = () => views.get(current?.name);

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
    const [across, down] = turn % 180 ? [height, width] : [width, height];
    return Math.min(stage.clientWidth / across, stage.clientHeight / down);
  }

  function draw() {
    const now = view();
    if (!now || !stage.clientWidth) return;
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
    if (!current?.picture) return;
    const { width, height } = size();
    const turn = view()?.turn ?? 0;
    views.set(current.name, { x: width / 2, y: height / 2, scale: scaleFor(width, height, turn), turn });
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

  function overlay(boxes) {
    const { width, height } = size();
    const layer = svg('svg', { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
    layer.append(...boxes.map((box) => svg('polygon', { points: points(box) })));
    sheet.querySelector('svg')?.remove();
    sheet.append(layer);
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
  for (const [name, act] of Object.entries(tools)) part(node, name).addEventListener('click', act);

  let seen = ''; // the stage's size when it was last drawn; a picture seen whole stays so when the size changes
  new ResizeObserver(() => {
    const now = `${stage.clientWidth} ${stage.clientHeight}`;
    if (now === seen) return;
    const { width, height } = size();
    const whole = view() && view().x === width / 2 && view().y === height / 2;
    seen = now;
    if (whole) fit();
    else draw();
  }).observe(stage);

  return {
    node,
    /** Puts a picture {url, width, height} on the stage (null: says that there is none), without boxes. */
    show(name, picture, alt, title = '') {
      caption.textContent = title;
      caption.hidden = !title;
      none.hidden = Boolean(picture);
      sheet.hidden = !picture;
      part(node, 'tools').hidden = !picture;
      const changed = current?.name !== name || current.picture?.url !== picture?.url;
      current = { name, picture };
      if (!picture) return;
      if (changed) sheet.replaceChildren(h('img', { src: picture.url, alt, draggable: 'false' }));
      overlay([]);
      if (!view()) fit();
      draw();
    },
    /** Draws the boxes (four [x, y] corners each) and goes so close that all of them are seen. */
    look(given) {
      const boxes = given.filter(hasBox);
      if (!current?.picture) return;
      overlay(boxes);
      if (!boxes.length) return;
      const area = around(boxes);
      const close = Math.min(scaleFor(area.width * 1.2, area.height * 3, view().turn), 2.5);
      Object.assign(view(), { x: area.x + area.width / 2, y: area.y + area.height / 2, scale: close });
      draw();
    },
    forget() {
      views.clear();
      current = null;
      sheet.replaceChildren();
    },
  };
}
