// Boxes on pictures: where a value stands, cut out for the citizen, drawn for the officer. A box is four [x, y] corners.

const loaded = new Map();

/** The picture behind `url` as a loaded <img>; `name` (slot and upload) keeps it when only the signature changes. */
export function picture(name, url) {
  if (!loaded.has(name)) {
    const image = new Image();
    image.src = url;
    const ready = image.decode().then(
      () => image,
      () => {
        loaded.delete(name);
        return null;
      },
    );
    loaded.set(name, ready);
  }
  return loaded.get(name);
}

/** The upright rectangle around a box: {x, y, width, height}. */
export function bounds(box) {
  const xs = box.map(([x]) => x);
  const ys = box.map(([, y]) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

export const hasBox = (box) => Array.isArray(box) && box.length === 4;

/** A rectangle with some of its surroundings, kept inside the picture. */
export function widened({ x, y, width, height }, size, margin = 0.35) {
  const pad = height * margin;
  const left = Math.max(0, x - pad * 3);
  const top = Math.max(0, y - pad);
  return {
    x: left,
    y: top,
    width: Math.min(size.width, x + width + pad * 3) - left,
    height: Math.min(size.height, y + height + pad) - top,
  };
}

/** Draws what lies under `box` (pixels of `size`) into the canvas; without a box the whole picture. */
export function drawCrop(canvas, image, size, box) {
  const whole = { x: 0, y: 0, width: size.width, height: size.height };
  const cut = hasBox(box) ? widened(bounds(box), size) : whole;
  const scale = image.naturalWidth / size.width;
  const width = Math.min(1200, Math.max(1, Math.round(cut.width * scale)));
  canvas.width = width;
  canvas.height = Math.max(1, Math.round((width * cut.height) / cut.width));
  const from = [cut.x, cut.y, cut.width, cut.height].map((number) => number * scale);
  canvas.getContext('2d').drawImage(image, ...from, 0, 0, canvas.width, canvas.height);
}

/** `points` of an SVG polygon around a box. */
export const points = (box) => box.map(([x, y]) => `${x},${y}`).join(' ');
