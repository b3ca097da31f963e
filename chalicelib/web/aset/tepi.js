// Whether a document is cut off: two of its sides run out at an edge of the picture, between them the paper that the middle
// shows. Decision 0023 has the figures.

const PARTS = [0, 0.0125, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4]; // of a side, in shares of the picture
const PLAIN = 20; // levels between paper and ground
const PAPER = 0.5; // share of that within which all is paper
const LIKE = 12; // levels of red less blue within which the middle is of that paper

const far = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Lines from an edge on, paper after them, ground before: {u: where, slope, paper: [grey, warm], plain: their difference}. */
function sides(planes, origin, along, inward, long, deep) {
  const found = [];
  const cuts = PARTS.map((share) => Math.round(share * deep));
  const end = cuts.at(-1);
  for (let u = 2; u < long - 2; u += 1) {
    for (let slope = -0.25; slope < 0.3; slope += 0.05) {
      if (Math.abs(u + slope * end - long / 2) > long / 2 - 3) continue;
      const mean = (from, to, side) =>
        planes.map((plane) => {
          let [sum, seen] = [0, 0];
          for (let v = from; v < to; v += Math.ceil((to - from) / 8)) {
            const at = origin + (u + Math.round(slope * v)) * along + v * inward;
            sum += plane[at + side] + plane[at + 2 * side];
            seen += 2;
          }
          return sum / seen;
        });
      const paper = mean(0, end, along);
      const plain = far(paper, mean(0, end, -along));
      if (plain < PLAIN) continue;
      const isPaper = (part, side) => far(mean(cuts[part], cuts[part + 1], side), paper) < PAPER * plain;
      if (cuts.slice(1).every((_, part) => isPaper(part, along) && !isPaper(part, -along))) found.push({ u, slope, paper, plain });
    }
  }
  return found;
}

/** Whether an edge of the whole picture cuts a document; `grey` and `warm` as nilai.js draws them. */
export function isCut({ grey, warm, width, height }) {
  const planes = [grey, warm];
  const middle = warm.filter((_, at) => Math.abs((at % width) / width - 0.5) < 0.25 && Math.abs(at / warm.length - 0.5) < 0.25);
  const isOfMiddle = ({ paper }) => middle.filter((level) => Math.abs(level - paper[1]) < LIKE).length > 0.3 * middle.length;
  const isPair = (a, b, long) =>
    a.u + b.u < 0.7 * long && Math.abs(a.slope + b.slope) < 0.12 && far(a.paper, b.paper) < PAPER * Math.min(a.plain, b.plain) && [a, b].every(isOfMiddle);
  return [planes, planes.map((plane) => plane.slice().reverse())].some((seen) =>
    [[width, 1, height, width], [1, width, width, height]].some(([along, inward, long, deep]) => {
      const others = sides(seen, along * (long - 1), -along, inward, long, deep);
      return sides(seen, 0, along, inward, long, deep).some((a) => others.some((b) => isPair(a, b, long)));
    }));
}
