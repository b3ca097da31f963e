// A photo on its way: made small on the phone, then straight into S3 by the form the API gives.

import { ApiError, call, newKey, pause } from './api.js';
import { words } from './page.js';

const MIB = 1024 * 1024;
const LIMIT = 10 * MIB;
const TYPES = new Set(['image/jpeg', 'image/png']);
/** Long edge in pixels and size in bytes; a family card's table needs more of both (DOMAIN 7.1). */
const TARGET = {
  ktp: { edge: 1600, bytes: 450_000 },
  rumah_depan: { edge: 1600, bytes: 450_000 },
  kk: { edge: 2600, bytes: 900_000 },
};
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

/** The photo to send as a Blob: as it is when small enough, else a smaller JPEG. Throws ApiError on other files. */
export async function shrink(file, slot) {
  const { edge, bytes } = TARGET[slot] ?? TARGET.rumah_depan;
  const source = await bitmap(file);
  const size = source ? Math.max(source.width, source.height) : Infinity;
  const asItIs = TYPES.has(file.type) && file.size <= LIMIT;
  if (asItIs && (!source || (file.size <= bytes && size <= edge))) return file;
  if (!source) throw new ApiError(400, { code: 'JENIS_FILE_DITOLAK', message: words('JENIS_FILE_DITOLAK') });
  const scale = Math.min(1, edge / size);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(source.width * scale);
  canvas.height = Math.round(source.height * scale);
  const pen = canvas.getContext('2d');
  if (!pen) return file;
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  source.close();
  let best = null;
  for (const quality of QUALITIES) {
    best = await jpeg(canvas, quality);
    if (!best) return file;
    if (best.size <= bytes) break;
  }
  return asItIs && file.size <= best.size && scale === 1 ? file : best;
}

/** Posts the blob with the fields of a presigned form. Resolves to the HTTP status, 0 for a lost line. */
function post({ url, fields }, blob, onProgress) {
  return new Promise((resolve) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', blob, 'foto');
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.timeout = 180_000;
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => resolve(request.status);
    request.onerror = () => resolve(0);
    request.ontimeout = () => resolve(0);
    request.send(form);
  });
}

/**
 * Sends one photo. `onState` hears 'shrinking', 'sending' and 'waiting' (line lost); `onProgress` a share in [0, 1].
 * A lost line is tried again with the same form; an expired form is asked for anew. Gives {upload_id, blob}.
 */
export async function sendPhoto({ caseNumber, secret, slot, file, onState, onProgress }) {
  onState('shrinking');
  const blob = await shrink(file, slot);
  const body = { content_type: blob.type, size: blob.size };
  const path = `usulan/${encodeURIComponent(caseNumber)}/photos/${slot}`;
  let refused = 0;
  for (let form = 0; form < 2; form += 1) {
    onState('sending');
    const issued = await call('POST', path, { body, secret, key: newKey() });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const status = await post(issued.post, blob, onProgress);
      if (status >= 200 && status < 300) return { uploadId: issued.upload_id, blob };
      refused = status >= 400 && status < 500 ? status : 0;
      if (refused) break; // the form may have run out: once more with a new one
      onState('waiting');
      await pause(1500 * (attempt + 1));
      onState('sending');
    }
  }
  if (refused) throw new ApiError(refused, { code: 'FOTO_RUSAK', message: words('foto_ditolak') });
  throw new ApiError(0, { code: 'SINYAL_PUTUS', message: words('SINYAL_PUTUS'), hint: words('coba_lagi') });
}
