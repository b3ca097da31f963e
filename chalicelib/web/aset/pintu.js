// At which door the form stands: on a citizen's own telephone, or at the village office's counter, where nothing stays.

const PLACE = 'berkas.loket'; // in session storage: {village}, whose counter it is

/** In local storage while this browser is a kiosk: the sign-in leads back to it. */
export const KIOSK = 'berkas.kios';

const counter = document.querySelector('[data-counter]'); // marked with the path by which a case is begun there

/** Whether this page is one of the counter's, or of its kiosk. */
export const atCounter = Boolean(counter);

/** Where this door keeps what is being filled in: at the counter in this tab alone, until it is cleared. */
export const kept = () => (atCounter ? sessionStorage : localStorage);

/** The village at whose counter somebody is being helped; '' for nobody's turn. */
export const place = () => JSON.parse(sessionStorage.getItem(PLACE) ?? '{}').village ?? '';
export const takePlace = (village) => sessionStorage.setItem(PLACE, JSON.stringify({ village }));
export const leavePlace = () => sessionStorage.removeItem(PLACE);

/** How a case is begun at this door: [path, body]. */
export const beginning = (target) => (counter ? [counter.dataset.counter, { target, village: place() }] : ['usulan', { target }]);
