// Has this page kept on the phone, where the browser knows workers (not over plain HTTP on a village's network: there all
// goes on without). It waits until the page stands, so that it takes nothing from the person's line.

const worker = new URL('pekerja.js', document.baseURI); // no digest in its address: browsers know a worker by where it lies

async function keep() {
  try {
    await navigator.serviceWorker.register(worker, { updateViaCache: 'none' });
    const ready = await navigator.serviceWorker.ready;
    ready.active.postMessage('simpan');
  } catch (error) {
    console.warn('this page is not kept', error.name);
  }
}

if ('serviceWorker' in navigator) {
  if (document.readyState === 'complete') keep();
  else window.addEventListener('load', keep);
}
