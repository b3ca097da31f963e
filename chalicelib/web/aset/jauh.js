// The only thing that lies in a picture, ground all round it: how long it is tells a document taken from too far away.
// Decision 0026 has the figures.

const RIM = 0.06; // of the shorter side: what is seen there is ground
const COMMON = 0.008; // share of the rim that a colour of the ground has there
const ROW = 64; // colours are told apart by eight levels of lightness, and of red less blue
const ALIKE = [-ROW - 1, -ROW, -ROW + 1, -1, 0, 1, ROW - 1, ROW, ROW + 1];
const LEAST = 100; // pixels of a thing
const STRAY = 0.3; // of the thing's pixels: how much else may lie about, but for what the picture's edge cuts
const FULL = [0.85, 1.08]; // a thing's pixels against those of a rectangle that spreads alike

/** 1 where the colour is none of the rim's, else 0, for each place. */
function strange({ grey, warm, width, height }) {
  const colours = new Uint16Array(grey.length);
  const ground = new Uint32Array(33 * ROW);
  const rim = Math.round(RIM * Math.min(width, height));
  let seen = 0;
  for (let at = 0, y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      const colour = (grey[at] >> 3) * ROW + ((warm[at] + 256) >> 3);
      colours[at] = colour;
      if (Math.min(x, y, width - 1 - x, height - 1 - y) >= rim) continue;
      for (const near of ALIKE) ground[colour + near] += 1;
      seen += 1;
    }
  }
  for (let at = 0; at < colours.length; at += 1) colours[at] = ground[colours[at]] < COMMON * seen ? 1 : 0;
  return colours;
}

/** 1 where most places around are strange, else 0; the picture's outermost places never are. */
function firm(places, width) {
  const across = new Uint8Array(places.length);
  const out = new Uint8Array(places.length);
  for (let at = 1; at < places.length - 1; at += 1) across[at] = places[at - 1] + places[at] + places[at + 1];
  for (let at = width; at < places.length - width; at += 1) {
    if ((at + 1) % width > 1 && across[at - width] + across[at] + across[at + width] > 4) out[at] = 1;
  }
  return out;
}

/** What hangs together, over gaps of one: {size, long, wide: in pixels, left, right, top, bottom}. `places` are used up. */
function things(places, width) {
  const steps = [-2 * width, -width, -2, -1, 1, 2, width, 2 * width];
  const all = [];
  for (let start = 0; start < places.length; start += 1) {
    if (!places[start]) continue;
    places[start] = 0;
    const found = [start];
    let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0];
    let [left, right, top, bottom] = [width, 0, places.length, 0];
    for (let one = 0; one < found.length; one += 1) {
      const column = found[one] % width;
      const row = (found[one] - column) / width;
      x += column;
      y += row;
      xx += column * column;
      yy += row * row;
      xy += column * row;
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
      for (const step of steps) {
        if (!places[found[one] + step]) continue;
        places[found[one] + step] = 0;
        found.push(found[one] + step);
      }
    }
    const size = found.length;
    const [across, down, slant] = [xx / size - (x / size) ** 2, yy / size - (y / size) ** 2, xy / size - (x * y) / size ** 2];
    const apart = Math.hypot((across - down) / 2, slant);
    const [long, wide] = [apart, -apart].map((more) => Math.sqrt(12 * Math.max(0, (across + down) / 2 + more)));
    all.push({ size, long, wide, left, right, top, bottom });
  }
  return all;
}

/** The only thing in the whole picture (`grey` and `warm` as nilai.js draws them), if it is a rectangle: {length: in shares of the
 * picture's, shape: length against width}; else null. */
export function onlyThing(seen) {
  const { width, height } = seen;
  const places = strange(seen);
  const found = things(firm(places, width), width);
  const isCut = (one) => Math.min(one.left, one.top, width - 1 - one.right, height - 1 - one.bottom) < 3;
  const [thing] = found.filter((one) => !isCut(one)).sort((a, b) => b.size - a.size);
  if (!thing || thing.size < LEAST) return null;
  const stray = places.slice();
  for (const one of [thing, ...found.filter(isCut)]) {
    for (let y = Math.max(0, one.top - 2); y < Math.min(height, one.bottom + 3); y += 1) {
      stray.fill(0, y * width + Math.max(0, one.left - 2), y * width + Math.min(width, one.right + 3));
    }
  }
  const { size, long, wide } = thing;
  const full = size / (long * wide);
  const isOne = full > FULL[0] && full < FULL[1] && stray.filter(Boolean).length < STRAY * size;
  return isOne ? { length: long / Math.max(width, height), shape: long / wide } : null;
}
