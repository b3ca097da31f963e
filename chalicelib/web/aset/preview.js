// A photo as its person sees it: the picture, or a neutral tile with the file's kind where this phone cannot show it.

import { nameOf } from './jenis.js';
import { part } from './page.js';

/** Binds the parts preview, image, tile and kind of `root`. */
export function preview(root) {
  const [box, image, tile, kind] = ['preview', 'image', 'tile', 'kind'].map((name) => part(root, name));
  let local = '';

  function show(node) {
    box.hidden = false;
    image.hidden = node !== image;
    tile.hidden = node !== tile;
  }
  function release() {
    if (local) URL.revokeObjectURL(local);
    local = '';
  }
  image.addEventListener('error', () => {
    if (image.hasAttribute('src')) show(tile);
  });

  return {
    /** A file chosen here, of the given content type. */
    file(chosen, type) {
      release();
      kind.textContent = nameOf(type);
      if (type === 'application/pdf') {
        image.removeAttribute('src');
        show(tile);
        return;
      }
      local = URL.createObjectURL(chosen);
      image.src = local;
      show(image);
    },
    /** The working copy we keep, unless the person still sees their own picture. */
    kept(url) {
      if (!image.hidden && image.hasAttribute('src')) return;
      release();
      kind.textContent = '';
      image.src = url;
      show(image);
    },
    /** Whether a picture, or the kind of a file, is seen. */
    isShown: () => !box.hidden && (image.hasAttribute('src') || Boolean(kind.textContent)),
    /** Something was sent that we cannot show (yet). */
    unseen() {
      if (image.hasAttribute('src') || kind.textContent) box.hidden = false;
      else show(tile);
    },
    hide() {
      box.hidden = true;
    },
    /** Forgets what was shown. */
    clear() {
      release();
      image.removeAttribute('src');
      kind.textContent = '';
      box.hidden = true;
    },
  };
}
