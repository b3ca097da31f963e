// The receipt: shown, printed, kept as a picture or a PDF, and passed on.

import { byId, words } from './page.js';
import { moment } from './waktu.js';

const asPicture = (svgText) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText)}`;
const sample = () => document.querySelector('.pita-contoh')?.textContent ?? '';

/** Fills the receipt's place on the page, below number and secret, which stand there already. */
export function showReceipt(receipt) {
  byId('receipt-message').textContent = receipt.message;
  byId('receipt-when').textContent = words('dikirim_pada', { waktu: moment(receipt.submitted_at) });
  byId('receipt-where').textContent = words('bukti_alamat', { alamat: new URL('status', location.href).href });
  byId('receipt-status').href = `status?n=${encodeURIComponent(receipt.case_number)}`;
  byId('receipt-code').src = asPicture(receipt.barkot.svg);
  byId('receipt-share').hidden = !navigator.canShare?.({ files: [new File([''], 'a.png', { type: 'image/png' })] });
}

/** The receipt as a PNG of 720 × 1080 pixels. */
async function picture(receipt, secret) {
  const code = new Image();
  code.src = asPicture(receipt.barkot.svg);
  await code.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 720;
  canvas.height = 1080;
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, 720, 1080);
  pen.textAlign = 'center';
  const line = (text, y, font, colour = '#1b2421') => {
    pen.font = font;
    pen.fillStyle = colour;
    pen.fillText(text, 360, y, 680);
  };
  line(sample(), 50, 'bold 30px sans-serif', '#a6211b');
  line(words('bukti_judul'), 110, 'bold 40px sans-serif', '#0d5a53');
  line(words('bukti_nomor'), 175, '28px sans-serif');
  line(receipt.case_number, 240, 'bold 60px monospace');
  pen.imageSmoothingEnabled = false;
  pen.drawImage(code, 150, 275, 420, 420);
  line(words('bukti_kode'), 750, '28px sans-serif');
  line(secret, 815, 'bold 60px monospace');
  line(words('dikirim_pada', { waktu: moment(receipt.submitted_at) }), 880, '26px sans-serif');
  line(words('TERDAFTAR_BUKAN_JAMINAN'), 955, '28px sans-serif');
  line(words('bukti_gratis'), 1000, '28px sans-serif');
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** The receipt as a PDF of one page. */
async function paper(receipt, secret) {
  const { receiptPdf } = await import('./bukti-pdf.js');
  return receiptPdf({
    title: `${words('bukti_judul')} ${receipt.case_number}`,
    language: document.documentElement.lang,
    above: [
      { text: sample(), size: 9, font: 'bold' },
      { text: words('bukti_judul'), size: 15, font: 'bold' },
      { text: words('bukti_nomor'), size: 10, gap: 12 },
      { text: receipt.case_number, size: 20, font: 'mono' },
    ],
    below: [
      { text: words('bukti_kode'), size: 10, gap: 0 },
      { text: secret, size: 20, font: 'mono' },
      { text: words('dikirim_pada', { waktu: moment(receipt.submitted_at) }), size: 9, gap: 14 },
      { text: words('TERDAFTAR_BUKAN_JAMINAN'), size: 9 },
      { text: words('bukti_gratis'), size: 9 },
    ],
    svgText: receipt.barkot.svg,
  });
}

const KINDS = { png: picture, pdf: paper };

/** The receipt as a file under the case number; `kind`: png or pdf. */
async function asFile(receipt, secret, kind) {
  const blob = await KINDS[kind](receipt, secret);
  return new File([blob], `bukti-usulan-${receipt.case_number}.${kind}`, { type: blob.type });
}

/** Saves the receipt on this phone. */
export async function saveReceipt(receipt, secret, kind) {
  const file = await asFile(receipt, secret, kind);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Hands the picture to another app of this phone, as its person chooses; to change one's mind is no fault. */
export async function shareReceipt(receipt, secret) {
  try {
    await navigator.share({ files: [await asFile(receipt, secret, 'png')] });
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  }
}
