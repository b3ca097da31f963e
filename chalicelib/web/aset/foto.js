// A photo made ready on the phone: what it is, how it looks, made small.

import { ApiError } from './api.js';
import { contentType } from './jenis.js';
import { fault, LONGEST, measure } from './nilai.js';
import { words } from './page.js';

const MIB = 1024 * 1024;
const LIMIT = 10 * MIB;
const SHOWN = new Set(['image/jpeg', 'image/png', 'image/webp']); // small ones of these go as they are
// Of a file made small (DOMAIN 7.1).
const BYTES = { ktp: 450_000, rumah_depan: 450_000, kk: 900_000 };
const QUALITIES = [0.88, 0.8, 0.7, 0.6];

async function bitmap(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (error) {
    console.warn('this phone cannot open the picture itself; it is sent as it is', error.name);
    return null;
  }
}

const jpeg = (canvas, quality) => new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));

/** The error for a file that cannot be taken, in the catalogue's words. */
const refusal = (code, values) => new ApiError(400, { code, message: words(code, values), hint: words(`${code}_saran`) });

/** The content type by the file's first bytes; '' for none we know. Throws ApiError when it cannot be opened. */
export async function typeOf(file) {
  try {
    return await contentType(file);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw refusal('FOTO_RUSAK'); // it lies in a cloud the phone cannot reach, or was deleted since
  }
}

/** The file itself, under its true content type. Throws ApiError when it is too large. */
function unchanged(file, type) {
  if (file.size <= LIMIT) return file.type === type ? file : file.slice(0, file.size, type);
  throw refusal('FILE_TERLALU_BESAR', { batas: LIMIT / MIB });
}

/**
 * What to send of a chosen file of `type` (see typeOf): {blob, looks}. A picture this phone can open is made small; a PDF, or a
 * HEIC it cannot open, goes as it is. `looks` names what is worth taking again (see nilai.js), '' for nothing.
 * Throws ApiError JENIS_FILE_DITOLAK or FILE_TERLALU_BESAR before anything is sent.
 */
export async function prepared(file, type, slot) {
  const source = type === 'application/pdf' ? null : await bitmap(file);
  if (!source && type) return { blob: unchanged(file, type), looks: '' };
  if (!source) throw refusal('JENIS_FILE_DITOLAK');
  const looks = fault(measure(source), slot);
  const blob = await fitting(source, file, type, slot);
  source.close();
  return { blob, looks };
}

/** The file itself where it is small enough, else the picture made small. */
async function fitting(source, file, type, slot) {
  const [edge, bytes] = [LONGEST, BYTES].map((most) => most[slot] ?? most.rumah_depan);
  const size = Math.max(source.width, source.height);
  if (SHOWN.has(type) && file.size <= bytes && size <= edge) return unchanged(file, type);
  const best = await smaller(source, Math.min(1, edge / size), bytes);
  if (best && (file.size > best.size || size > edge || !SHOWN.has(type))) return best;
  return unchanged(file, type);
}

/** The picture as a JPEG at `scale`, at the best quality that keeps within `bytes`; null: this phone cannot make one. */
async function smaller(source, scale, bytes) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(source.width * scale);
  canvas.height = Math.round(source.height * scale);
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  let best = null;
  for (const quality of QUALITIES) {
    best = await jpeg(canvas, quality);
    if (!best || best.size <= bytes) break;
  }
  return best;
}
