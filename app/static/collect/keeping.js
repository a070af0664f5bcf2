/** The service worker: keeps the app, one cache for each version, and sends in the background. */
import { sendWaiting } from "./sending.js";

const PREFIX = "suara-app-";

/** @param {{version: string, files: string[], start: string}} app */
export function keep({ version, files, start }) {
  const name = PREFIX + version, base = new URL("./", self.registration.scope).href;

  self.addEventListener("install", (event) => {
    event.waitUntil(caches.open(name).then((cache) => cache.addAll(files)));
  });

  // Only older copies of the app go: records and forms are in IndexedDB, which no update touches.
  self.addEventListener("activate", (event) => {
    event.waitUntil(caches.keys()
      .then((names) => Promise.all(names.filter((each) => each.startsWith(PREFIX) && each !== name)
        .map((each) => caches.delete(each))))
      .then(() => self.clients.claim()));
  });

  self.addEventListener("fetch", (event) => {
    if (event.request.method === "GET") event.respondWith(answer(event.request));
  });

  self.addEventListener("sync", (event) => {
    if (event.tag === "send") event.waitUntil(sendWaiting(base).then(({ stopped }) => stopped === "network" && Promise.reject()));
  });

  async function answer(request) {
    const kept = await caches.open(name);
    const found = await kept.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true });
    if (found) return found;
    try {
      return await fetch(request);
    } catch (error) {
      // Without a network every page of facilitators leads to the app.
      if (request.mode === "navigate") return Response.redirect(start);
      throw error;
    }
  }
}
