// The only thing that lies in a picture, ground all round it: how long it is tells a document taken from too far away.
// Decision 0026 has the figures.

// Of the shorter side: what is seen there is ground.
const RIM = 0.06;
// Share of the rim that a colour of the ground has there, with those next to it.
const COMMON = 0.008;
// Colours are told apart by eight levels of lightness, and of red less blue: a number each, so many in a row.
const ROW = 64;
const ALIKE = [-ROW, 0, ROW].flatMap((near) => [near - 1, near, near + 1]);
// Pixels of a thing.
const LEAST = 100;
// Of the thing's pixels: how much else may lie about, but for what the picture's edge cuts.
const STRAY = 0.3;
// A thing's pixels against those of a rectangle that spreads alike.
const FULL = [0.85, 1.08];

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
  const across = places.map((one, at) => one + places[at - 1] + places[at + 1]);
  return places.map((_, at) => (at + 1) % width > 1 && across[at - width] + across[at] + across[at + width] > 4);
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
    const spread = (a, b, both) => both / size - (a / size) * (b / size);
    const [across, down] = [spread(x, x, xx), spread(y, y, yy)];
    const apart = Math.hypot(across - down, 2 * spread(x, y, xy));
    const [long, wide] = [apart, -apart].map((more) => Math.sqrt(6 * Math.max(0, across + down + more)));
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
  const { size, long, wide } = thing;
  const full = size / (long * wide);
  if (full < FULL[0] || full > FULL[1]) return null;
  const known = [thing, ...found.filter(isCut)];
  const isIn = (x, y) => known.some(({ left, right, top, bottom }) => x > left - 3 && x < right + 3 && y > top - 3 && y < bottom + 3);
  const stray = places.filter((one, at) => one && !isIn(at % width, Math.floor(at / width))).length;
  return stray < STRAY * size ? { length: long / Math.max(width, height), shape: long / wide } : null;
}
