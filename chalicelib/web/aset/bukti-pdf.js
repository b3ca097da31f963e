// A receipt as a PDF of one page, A6: text that can be searched and read aloud, the code drawn as bars. A few kilobytes,
// so that it can be passed on and printed anywhere.

const WIDTH = 298; // points
const HEIGHT = 420;
const MARGIN = 24;
const CODE = 190; // side of the code
const QUIET = 4; // modules around it, which the margin of the page gives already
const FONTS = { plain: 'Helvetica', bold: 'Helvetica-Bold', mono: 'Courier-Bold' };

/** A text as a string of the file: ASCII alone, so that a place in the text is a place in the file. */
function literal(text) {
  const bytes = [...text].map((sign) => sign.codePointAt(0)).map((at) => (at < 256 ? at : 63)); // 63: a question mark
  const one = (byte) => ([40, 41, 92].includes(byte) || byte < 32 || byte > 126 ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte));
  return `(${bytes.map(one).join('')})`;
}

const written = ({ text, size, font = 'plain' }, y) => `BT /${font} ${size} Tf ${MARGIN} ${y} Td ${literal(text)} Tj ET`;

/** The bars of the code: its path holds `M x y`, then `m dx dy` and `h dx`, all as broad as one module. */
function code(svgText, top) {
  const drawing = new DOMParser().parseFromString(svgText, 'image/svg+xml');
  const side = Number(drawing.documentElement.getAttribute('viewBox').split(' ')[2]);
  const path = drawing.querySelector('path[stroke]').getAttribute('d');
  let [x, y] = [0, 0];
  const bars = [];
  for (const [, act, numbers] of path.matchAll(/([Mmh])([^Mmh]*)/g)) {
    const [first, second = 0] = numbers.trim().split(/[\s,]+|(?=-)/).map(Number);
    if (act === 'M') [x, y] = [first, second];
    else if (act === 'm') [x, y] = [x + first, y + second];
    else {
      bars.push(`${x} ${y - 0.5} ${first} 1 re`);
      x += first;
    }
  }
  const scale = CODE / side;
  return [`q ${scale} 0 0 ${-scale} ${MARGIN - QUIET * scale} ${top} cm`, ...bars, 'f Q'].join('\n');
}

function file(objects, info) {
  const begins = [];
  let text = '%PDF-1.4\n';
  for (const [place, object] of objects.entries()) {
    begins.push(text.length);
    text += `${place + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = begins.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return `${text}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R /Info ${info} 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
}

/**
 * The file. `above` and `below` are lines {text, size, font: plain | bold | mono, gap: points above} over and under the code, which `svgText`
 * draws. Throws when the drawing is none of ours.
 */
export function receiptPdf({ title, language, above, below, svgText }) {
  const page = [];
  let y = HEIGHT - MARGIN;
  const put = (line) => {
    y -= line.size * 1.1 + (line.gap ?? 5);
    page.push(written(line, y));
  };
  above.forEach(put);
  page.push(code(svgText, y));
  y -= CODE;
  below.forEach(put);
  const content = page.join('\n');
  const fonts = Object.entries(FONTS).map(([name, font]) => `/${name} << /Type /Font /Subtype /Type1 /BaseFont /${font} /Encoding /WinAnsiEncoding >>`);
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R /Lang ${literal(language)} /ViewerPreferences << /DisplayDocTitle true >> >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Resources << /Font << ${fonts.join(' ')} >> >> /Contents 4 0 R >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    `<< /Title ${literal(title)} >>`,
  ];
  return new Blob([file(objects, 5)], { type: 'application/pdf' });
}
