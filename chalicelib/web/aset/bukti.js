// The receipt's screen. What opens the case stands there at once, line or no line; the rest comes with receipt.js.

import { loaded } from './api.js';
import { dropReceipt, keptReceipt } from './draft.js';
import { busy, byId, tell, words } from './page.js';

const number = byId('receipt-number');
const made = () => loaded(import('./receipt.js'));
const told = (error) => tell(byId('receipt-notice'), error);

/** Binds the screen; `onNew()` begins another usulan. Gives {enter(case number)}. */
export function receiptStep(onNew) {
  const acts = {
    save: ({ saveReceipt }, { receipt, secret }) => saveReceipt(receipt, secret, 'png'),
    pdf: ({ saveReceipt }, { receipt, secret }) => saveReceipt(receipt, secret, 'pdf'),
    share: ({ shareReceipt }, { receipt, secret }) => shareReceipt(receipt, secret),
  };
  for (const [name, act] of Object.entries(acts)) {
    const button = byId(`receipt-${name}`);
    button.addEventListener('click', () =>
      busy(button, () => made().then((drawn) => act(drawn, keptReceipt(number.textContent))).catch(told)),
    );
  }
  byId('receipt-print').addEventListener('click', () => print());
  byId('receipt-new').addEventListener('click', onNew);
  byId('receipt-forget').addEventListener('click', () => {
    if (!confirm(words('hapus_tanya'))) return;
    dropReceipt(number.textContent);
    onNew();
  });
  return {
    enter(caseNumber) {
      const { receipt, secret } = keptReceipt(caseNumber);
      number.textContent = caseNumber;
      byId('receipt-secret').textContent = secret;
      made().then(({ showReceipt }) => showReceipt(receipt)).catch(told);
    },
  };
}
