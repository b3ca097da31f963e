// Served in the worker's place to take it off all phones (decision 0020): what it kept goes, and pages come from the network
// again at the next opening.

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  const leave = async () => {
    for (const name of await caches.keys()) if (name.startsWith('berkas-')) await caches.delete(name);
    await self.registration.unregister();
  };
  event.waitUntil(leave());
});
