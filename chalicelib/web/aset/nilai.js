// How a picture looks before it is sent, judged on the phone itself: sharpness, light, glare and size, by figures like those
// of reading/picture/quality.py; tepi.js tells whether it is cut off, jauh.js what lies in it. `python -m bench.quality.phone`
// shows what the limits find.

import { onlyThing } from './jauh.js';
import { isCut } from './tepi.js';

/** Slot → pixels of the long edge at which a photo is sent, at most: a family card's table needs more (DOMAIN 7.1), and a KTP of 1600
 * pixels cost values (decision 0017). */
export const LONGEST = { ktp: 2048, rumah_depan: 1600, kk: 2600 };
const SIDE = 1000; // pixels of the long edge at which everything is measured
const MIDDLE = 0.5; // share of each side that is looked at: where a document lies in any photo of one
const SMALL = 256; // and for all of it
const AROUND = 4; // pixels to each side within which contrast is taken
const STRONG = 30; // grey levels of contrast that print has at least
const ENOUGH = 250; // strong places without which nothing can be said of sharpness
const BLOCK = 8;
const BURNT = 246; // grey level from which a whole block is burnt out

/** Slot → limits: too blurred, too dark below; too bright, burnt out above (coloured paper alone); too few pixels. */
const LIMITS = {
  ktp: { sharp: 0.335, dark: 0.45, bright: 0.94, glare: 0.08, edge: 640 },
  kk: { sharp: 0.36, dark: 0.48, bright: 0.965, glare: 1, edge: 1200 },
  rumah_depan: { sharp: 0.17, dark: 0.3, bright: 0.94, glare: 1, edge: 480 },
};
const COLOURED = 12;
/** Slot → pixels that a document's length needs in the photo as it is sent, or the reader fails; its length against its width, at
 * least and at most: tilted or not. The portrait on a card has another shape. */
const NEAR = { ktp: [300, 1.42, 1.8], kk: [720, 1.25, 1.6] };

/** A picture's middle `share`, `side` pixels long: {grey, warm: red less blue, width, height}; null: the phone cannot draw it. */
function drawn(source, side, share) {
  const [wide, high] = [source.width * share, source.height * share];
  const scale = side / Math.max(wide, high);
  const [width, height] = [Math.round(wide * scale), Math.round(high * scale)];
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) return null;
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(source, (source.width - wide) / 2, (source.height - high) / 2, wide, high, 0, 0, width, height);
  const { data } = pen.getImageData(0, 0, width, height);
  const grey = new Float32Array(width * height);
  const warm = new Float32Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i += 1, at += 4) {
    grey[i] = (data[at] * 77 + data[at + 1] * 150 + data[at + 2] * 29) >> 8;
    warm[i] = data[at] - data[at + 2];
  }
  return { grey, warm, width, height };
}

/** Print's grain smoothed away: weights 1 2 1 both ways; the rim stays as it is. */
function softened({ grey, width, height }) {
  const rows = grey.slice();
  const out = grey.slice();
  for (let at = 1; at < grey.length - 1; at += 1) rows[at] = (grey[at - 1] + 2 * grey[at] + grey[at + 1]) / 4;
  for (let at = width; at < grey.length - width; at += 1) out[at] = (rows[at - width] + 2 * rows[at] + rows[at + width]) / 4;
  return out;
}

/** The difference of the lightest and the darkest place around each place (a square; the rim knows none). */
function contrast(plane, width, height) {
  const high = new Float32Array(plane.length);
  const low = new Float32Array(plane.length);
  const out = new Float32Array(plane.length);
  for (let at = AROUND; at < plane.length - AROUND; at += 1) {
    let [most, least] = [plane[at - AROUND], plane[at - AROUND]];
    for (let near = at - AROUND + 1; near <= at + AROUND; near += 1) {
      const level = plane[near];
      if (level > most) most = level;
      else if (level < least) least = level;
    }
    high[at] = most;
    low[at] = least;
  }
  for (let y = AROUND; y < height - AROUND; y += 1) {
    for (let at = y * width + AROUND, end = (y + 1) * width - AROUND; at < end; at += 1) {
      let [most, least] = [high[at], low[at]];
      for (let near = at - AROUND * width, last = at + AROUND * width; near <= last; near += width) {
        if (high[near] > most) most = high[near];
        if (low[near] < least) least = low[near];
      }
      out[at] = most - least;
    }
  }
  return out;
}

/** The value below which `share` of a histogram lies. */
function quantile(histogram, total, share) {
  let seen = 0;
  for (let i = 0; i < histogram.length; i += 1) {
    seen += histogram[i];
    if (seen >= total * share) return i;
  }
  return histogram.length - 1;
}

const OTHER_WAYS = 0.78; // how steep print's edges are in other directions, at the least, where nothing moved

/** Steepness of the steepest edges against the contrast there, in [0, 1], of the softest direction; null: no print. */
function sharpness(seen) {
  const { width, height } = seen;
  const fine = softened(seen);
  const around = contrast(fine, width, height);
  const contrasts = new Uint32Array(256);
  for (const level of around) contrasts[Math.round(level)] += 1;
  const least = Math.max(STRONG, quantile(contrasts, around.length, 0.9));
  const ways = [0, 1, 2, 3].map(() => new Uint32Array(257));
  let strong = 0;
  for (let at = width + 1; at < fine.length - width - 1; at += 1) {
    if (around[at] <= least) continue;
    strong += 1;
    const [a, b, c] = [fine[at - width - 1], fine[at - width], fine[at - width + 1]];
    const [d, e, f] = [fine[at + width - 1], fine[at + width], fine[at + width + 1]];
    const across = (c + 2 * fine[at + 1] + f - a - 2 * fine[at - 1] - d) * 32;
    const down = ((d + 2 * e + f - a - 2 * b - c) * 32) / OTHER_WAYS;
    const slant = [across / OTHER_WAYS, down].map((edge) => edge * Math.SQRT1_2);
    for (const [way, edge] of [across, down, slant[0] + slant[1], slant[0] - slant[1]].entries()) {
      ways[way][Math.min(256, Math.round(Math.abs(edge / around[at])))] += 1;
    }
  }
  if (strong < ENOUGH) return null;
  return Math.min(1, (2 * Math.min(...ways.map((histogram) => quantile(histogram, strong, 0.9)))) / 256);
}

/** How far the colours lie apart. */
function colour({ warm }) {
  const levels = new Uint32Array(511);
  for (const level of warm) levels[level + 255] += 1;
  return quantile(levels, warm.length, 0.98) - quantile(levels, warm.length, 0.02);
}

/** Share of blocks that are burnt out whole. */
function glare({ grey, width, height }) {
  let burnt = 0;
  let blocks = 0;
  for (let top = 0; top + BLOCK <= height; top += BLOCK) {
    for (let left = 0; left + BLOCK <= width; left += BLOCK) {
      blocks += 1;
      let sum = 0;
      for (let y = top; y < top + BLOCK; y += 1) for (let x = left; x < left + BLOCK; x += 1) sum += grey[y * width + x];
      if (sum >= BURNT * BLOCK * BLOCK) burnt += 1;
    }
  }
  return blocks ? burnt / blocks : 0;
}

/** What a picture shows: {sharp, light, glare} in [0, 1] (sharp null: no print), `edge` in pixels, `cut`, `only`: the only
 * thing in it, see jauh.js; null: it cannot be seen. */
export function measure(source) {
  const seen = drawn(source, SIDE * MIDDLE, MIDDLE);
  const whole = drawn(source, SMALL, 1);
  if (!seen || !whole) return null;
  let sum = 0;
  for (const level of seen.grey) sum += level;
  const light = sum / seen.grey.length / 255;
  const edge = Math.max(source.width, source.height);
  return { sharp: sharpness(seen), light, glare: glare(seen), colour: colour(seen), edge, cut: isCut(whole), only: onlyThing(whole) };
}

/** Whether the only thing in the picture is the slot's document and too short to be read. */
function isFar({ only, edge }, slot) {
  const [pixels, least, most] = NEAR[slot] ?? [];
  return only && only.shape > least && only.shape < most && only.length * Math.min(edge, LONGEST[slot]) < pixels;
}

/** What is worth taking again (kecil, jauh, gelap, terang, terpotong, buram or silau), '' for nothing; `figures` as `measure`
 * gives them. */
export function fault(figures, slot) {
  const limits = LIMITS[slot] ?? LIMITS.rumah_depan;
  if (!figures) return '';
  if (figures.edge < limits.edge) return 'kecil';
  // Before the light, which is the ground's where the document is small.
  if (isFar(figures, slot)) return 'jauh';
  if (figures.light < limits.dark) return 'gelap';
  if (figures.light > limits.bright) return 'terang';
  if (figures.cut && limits !== LIMITS.rumah_depan) return 'terpotong';
  if (figures.sharp !== null && figures.sharp < limits.sharp) return 'buram';
  if (figures.glare > limits.glare && figures.colour > COLOURED) return 'silau';
  return '';
}
