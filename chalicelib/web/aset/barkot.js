// Reading a barkot (QR) from a camera or a picture: the browser's own detector, else the vendored decoder.

const LONG_EDGES = [1200, 1600, 800]; // pixels; a picture is tried at each until the code is found
const FRAME_EDGE = 800;
const PAUSE = 150; // milliseconds between camera frames

async function ownDetector() {
  if (!('BarcodeDetector' in window)) return null;
  const formats = await window.BarcodeDetector.getSupportedFormats();
  return formats.includes('qr_code') ? new window.BarcodeDetector({ formats: ['qr_code'] }) : null;
}

function pixels(source, width, height, edge) {
  const scale = Math.min(1, edge / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

let ready = null;

/** A function (source, width, height, edges) → text or ''. Loads the vendored decoder only where it is needed. */
function reader() {
  ready ??= (async () => {
    const detector = await ownDetector();
    if (detector) {
      return async (source) => (await detector.detect(source))[0]?.rawValue ?? '';
    }
    const { default: decode } = await import('./vendor-qr-decode.js');
    return async (source, width, height, edges) => {
      for (const edge of edges) {
        try {
          return decode(pixels(source, width, height, edge));
        } catch (error) {
          if (!(error instanceof Error)) throw error; // the decoder throws when there is no code at this size
        }
      }
      return '';
    };
  })();
  return ready;
}

/** The text of the QR in a picture file, '' when none is found, null when the file is not a picture. */
export async function readPicture(file) {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (!image) return null;
  const read = await reader();
  return read(image, image.width, image.height, LONG_EDGES);
}

/** Whether this page may ask for a camera at all. */
export const hasCamera = () => Boolean(navigator.mediaDevices?.getUserMedia);

/** Shows the camera in `video` and resolves to the first QR's text, or '' when `signal` aborts. Throws DOMException. */
export async function scan(video, signal) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
  try {
    video.srcObject = stream;
    await video.play();
    const read = await reader();
    while (!signal.aborted) {
      const text = await read(video, video.videoWidth, video.videoHeight, [FRAME_EDGE]);
      if (text) return text;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    return '';
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}
