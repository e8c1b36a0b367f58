// @ts-check
/// <reference lib="webworker" />
/**
 * Lets the publication be read without a network: keeps what every page needs, the pages that were
 * visited and, when they are few, all of them.
 *
 * What is kept goes by address and digest, so files of two builds stand side by side and never
 * stand in for each other. Pages come from the network while there is one. A new build's worker
 * takes over when no page of the old one is open any more.
 */
(() => {
  "use strict";

  /**
   * The build fills this in: the digest of each file by its address from the site's root, the most
   * needed first, and how many of them are kept before anybody visits them.
   * @type {{files: Record<string, string>, first: number}}
   */
  const BUILD = { files: {}, first: 0 };
  const PATIENCE = 4000; // milliseconds to wait for a page that is kept, too

  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  const scope = worker.registration.scope;
  const opened = caches.open(`variorum ${scope}`); // other publications may share the origin

  /** @param {string} path @param {string} [digest] */
  const key = (path, digest = BUILD.files[path]) => `${scope}${path}?${digest}`;

  /** @param {string} url @returns {string | undefined} from the root; none when it is no file of ours */
  function pathOf(url) {
    const { origin, pathname } = new URL(url);
    if (!(origin + pathname).startsWith(scope)) return undefined;
    const path = decodeURI((origin + pathname).slice(scope.length)).replace(/(^|\/)index\.html$/, "$1");
    return path in BUILD.files ? path : undefined;
  }

  /** Keeps the first files, and the present state of all that an earlier build's worker kept. */
  async function install() {
    const cache = await opened;
    const known = new Set((await cache.keys()).map(({ url }) => pathOf(url)));
    const wanted = Object.keys(BUILD.files)
      .filter((path, place) => place < BUILD.first || known.has(path));
    await Promise.all(wanted.map(async (path) => {
      if (!(await cache.match(key(path)))) await cache.add(key(path));
    }));
  }

  async function forget() {
    const cache = await opened;
    const current = new Set(Object.keys(BUILD.files).map((path) => key(path)));
    const old = (await cache.keys()).filter(({ url }) => !current.has(url));
    await Promise.all(old.map((request) => cache.delete(request)));
    await worker.clients.claim();
  }

  /** @param {Request} request @param {string} path @returns {Promise<Response>} */
  async function fromNetwork(request, path) {
    const cache = await opened;
    const kept = await cache.match(key(path));
    if (kept) {
      const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
      return Promise.race([fetch(request).catch(() => kept), late]);
    }
    const answer = await fetch(request);
    if (answer.ok) await cache.put(key(path), answer.clone());
    return answer;
  }

  /** @param {Request} request @param {string} path @returns {Promise<Response>} */
  async function fromCache(request, path) {
    const asked = new URL(request.url).search.slice(1) || BUILD.files[path];
    const kept = await (await opened).match(key(path, asked));
    return kept ?? (asked === BUILD.files[path] ? fromNetwork(request, path) : fetch(request));
  }

  const LOST = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Offline</title>
    <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
    <h1>You are offline</h1><p>This page was not kept, because it was not read before.
    <p><a href="${scope}">What there is to read</a>`;

  /** @param {Request} request @returns {Promise<Response>} */
  const orSaySo = (request) => fetch(request).catch(() =>
    new Response(LOST, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } }));

  worker.addEventListener("install", (event) => event.waitUntil(install()));
  worker.addEventListener("activate", (event) => event.waitUntil(forget()));
  worker.addEventListener("fetch", (event) => {
    const { request } = event;
    const page = request.mode === "navigate";
    const path = request.method === "GET" ? pathOf(request.url) : undefined;
    if (path !== undefined && (page || path.endsWith(".json"))) {
      event.respondWith(fromNetwork(request, path).catch((error) => {
        if (page) return orSaySo(request);
        throw error;
      }));
    } else if (path !== undefined) event.respondWith(fromCache(request, path));
    else if (page && request.method === "GET") event.respondWith(orSaySo(request));
  });
})();
