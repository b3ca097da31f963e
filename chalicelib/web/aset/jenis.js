// What a file is, told by its first bytes: a phone's own word for it is often missing (HEIC) or wrong.

const HEAD = 1024; // bytes; a PDF may begin a little later than at its first
const HEIC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx'];
const HEIF = ['mif1', 'msf1'];

/** How a file that the phone cannot show is named to its person. */
const NAMES = { 'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/webp': 'WebP', 'image/heic': 'HEIC', 'image/heif': 'HEIF', 'application/pdf': 'PDF' };

export const nameOf = (type) => NAMES[type] ?? '';

/** The brands in an ISO media file's first box (ISO/IEC 14496-12, `ftyp`): the major one, then those it fits. */
function brands(text) {
  const size = [0, 1, 2, 3].reduce((sum, at) => sum * 256 + text.charCodeAt(at), 0);
  return [text.slice(8, 12), ...(text.slice(16, Math.min(size, HEAD)).match(/.{4}/gs) ?? [])];
}

function heif(text) {
  const fits = brands(text);
  if (fits.some((brand) => HEIC.includes(brand))) return 'image/heic';
  return fits.some((brand) => HEIF.includes(brand)) && !fits.includes('avif') ? 'image/heif' : '';
}

/** The content type under which we take the file; '' when it is none of those. */
export async function contentType(file) {
  const bytes = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  const text = String.fromCharCode(...bytes);
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  if (text.slice(4, 8) === 'ftyp') return heif(text);
  return text.includes('%PDF-') ? 'application/pdf' : '';
}
