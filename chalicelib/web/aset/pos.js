// A prepared photo on its way: straight into S3 by the form the API gives.

import { ApiError, call, newKey, pause } from './api.js';
import { words } from './page.js';

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
 * Sends one prepared photo. `onProgress` hears a share in [0, 1], `onWaiting` that the line is lost. A lost line is tried
 * again with the same form, `tries` times in all; an expired form is asked for anew. `key` names this photo, so that a
 * repetition after the page was killed stays the same photo. Throws ApiError.
 */
export async function sendPhoto({ caseNumber, secret, slot, blob, key = newKey(), tries = 5, quiet = false, onWaiting = () => {}, onProgress }) {
  const body = { content_type: blob.type, size: blob.size };
  const path = `usulan/${encodeURIComponent(caseNumber)}/photos/${slot}`;
  let refused = 0;
  for (let form = 0; form < 2; form += 1) {
    const issued = await call('POST', path, { body, secret, key, tries: tries - 1, quiet });
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const status = await post(issued.post, blob, onProgress);
      if (status >= 200 && status < 300) return;
      refused = status >= 400 && status < 500 ? status : 0;
      if (refused) break; // the form may have run out: once more with a new one
      onWaiting();
      if (attempt + 1 < tries) await pause(1500 * (attempt + 1));
    }
    if (!refused) break;
  }
  if (refused) throw new ApiError(refused, { code: 'FOTO_RUSAK', message: words('foto_ditolak') });
  throw new ApiError(0, { code: 'SINYAL_PUTUS', message: words('SINYAL_PUTUS'), hint: words('coba_lagi') });
}
