// The worker of the public pages: it keeps what was visited and answers with it where the network does not.
// /sw.js puts SITE before this: release, hash, limits, the bars. Its scopes are /id/ and /en/, so the desk, previews
// and the API never meet it. docs/decisions/0018-offline.md gives the reasons.
const PAGES = "pesona-pages";
const FILES = `pesona-files-${SITE.hash}`;
const SAVED_AT = "X-Saved-At";
const KEPT_FILES = /^\/(static|media)\//;
const FRAME = new Set(SITE.frame);
// What a proxy says while the site behind it is not there.
const AWAY = [502, 503, 504];
const STRANGE = /^(utm_\w+|fbclid|gclid)$/;

const localeOf = (url) => url.pathname.split("/")[1];
const isPlan = (url) => url.pathname === SITE.plan[localeOf(url)];
const isOffline = (url) => url.pathname === SITE.offline[localeOf(url)];
/** Return the path of a static file without the hash of its release. */
const bare = (url) => new URL(url).pathname.replace(/^\/static\/[^/]+\//, "/static/");

/** Return the address under which a page is kept: without fragment and marks of where its reader came from. */
function keyOf(address) {
  const url = new URL(address);
  url.hash = "";
  const strange = [...url.searchParams.keys()].filter((name) => STRANGE.test(name));
  for (const name of strange) url.searchParams.delete(name);
  return strange.length ? url.href : address.split("#")[0];
}

/** Whether pages at *url* may be kept: nothing that is one visitor's own secret, and not what is kept as a file. */
function isPublicPage(url) {
  return url.origin === location.origin && localeOf(url) in SITE.plan && !isOffline(url)
    && !SITE.private.some((path) => url.pathname === path || url.pathname.startsWith(`${path}/`));
}

function mayKeep(answer) {
  return answer.status === 200 && answer.type === "basic" && !answer.redirected
    && !/no-store/.test(answer.headers.get("Cache-Control") ?? "");
}

async function keepPage(address, answer) {
  const url = new URL(address);
  if (!isPublicPage(url)) return;
  const pages = await caches.open(PAGES);
  const key = keyOf(address);
  if (!mayKeep(answer) || !/^text\/html/.test(answer.headers.get("Content-Type") ?? "")) {
    // Moved, removed or not for keeping any more: an older copy would tell what is not so. A failing server tells nothing.
    if (answer.status < 500) await pages.delete(key);
    return;
  }
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length", "ETag"]) headers.delete(name);
  headers.set(SAVED_AT, new Date().toISOString());
  await pages.put(key, new Response(await answer.blob(), { headers }));
  await trimPages(pages);
}

/** Let the pages go that were saved first: too many of all, or too many plans, of which each change makes another. */
async function trimPages(pages) {
  const keys = await pages.keys();
  const plans = keys.filter((one) => isPlan(new URL(one.url)));
  const tooMany = [[plans, SITE.plans], [keys, SITE.pages]].filter(([all, most]) => all.length > most);
  for (const [all, most] of tooMany) {
    const dated = await Promise.all(all.map(async (key) => [(await pages.match(key))?.headers.get(SAVED_AT) ?? "", key]));
    dated.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
    await Promise.all(dated.slice(0, -most).map(([, key]) => pages.delete(key)));
  }
}

async function keepFile(request, answer) {
  if (!mayKeep(answer)) return;
  const files = await caches.open(FILES);
  if (await files.match(request.url)) return;
  await files.put(request.url, answer);
  const others = (await files.keys()).filter(({ url }) => !isFrame(url));
  const most = SITE.files - FRAME.size - Object.keys(SITE.offline).length;
  await Promise.all(others.slice(0, Math.max(others.length - most, 0)).map((one) => files.delete(one)));
}

function isFrame(address) {
  const url = new URL(address);
  return FRAME.has(url.pathname) || isOffline(url);
}

/** Return the file of that path that is kept, of this release or of one before: the server would give the current one too. */
async function keptFile(address) {
  const files = await caches.open(FILES);
  const found = await files.match(address);
  if (found || !new URL(address).pathname.startsWith("/static/")) return found;
  const wanted = bare(address);
  const other = (await files.keys()).find(({ url }) => bare(url) === wanted);
  return other && files.match(other);
}

/** Return the answer of the network; where *kept* is something, a line that says nothing for long counts as none. */
function fromNetwork(asked, kept) {
  if (!kept) return asked;
  return Promise.race([asked, new Promise((_, refuse) => { setTimeout(refuse, SITE.patience, new Error("slow")); })]);
}

async function page(event) {
  const { request } = event;
  const kept = await (await caches.open(PAGES)).match(keyOf(request.url), { ignoreVary: true });
  const asked = (async () => (await event.preloadResponse) ?? fetch(request))();
  // What comes too late for this page is still kept for the next look at it.
  event.waitUntil(asked.then((answer) => keepPage(request.url, answer.clone())).catch(() => {}));
  try {
    const answer = await fromNetwork(asked, kept);
    // A clone was taken for keeping; both can be read.
    if (!kept || !AWAY.includes(answer.status)) return answer;
  } catch { /* as below */ }
  return kept ? withBar(kept, new URL(request.url)) : offlinePage(new URL(request.url));
}

async function offlinePage(url) {
  const found = await caches.match(SITE.offline[localeOf(url)]);
  if (!found || isOffline(url)) return found ?? Response.error();
  return new Response(found.body, { status: 503, headers: found.headers });
}

/** Return the page that was kept, saying above everything else when that was. */
async function withBar(kept, url) {
  const locale = localeOf(url);
  const when = said(new Date(kept.headers.get(SAVED_AT)), locale);
  const text = await kept.text();
  const bar = SITE.bar[locale].replace("{when}", () => when);
  return new Response(text.replace('<header class="masthead"', (head) => `${bar}\n${head}`), { headers: kept.headers });
}

/** Return a moment on the clocks of Siak as the site writes it: `24 November 2026, 3:00 pm WIB`. */
function said(moment, locale) {
  const zone = { timeZone: "Asia/Jakarta" };
  const day = moment.toLocaleDateString(locale === "en" ? "en-GB" : locale, { ...zone, day: "numeric", month: "long", year: "numeric" });
  const [hour, minute] = moment.toLocaleTimeString("en-GB", { ...zone, hour: "2-digit", minute: "2-digit" }).split(":");
  if (locale === "id") return `${day} pukul ${hour}.${minute} WIB`;
  return `${day}, ${hour % 12 || 12}:${minute} ${hour < 12 ? "am" : "pm"} WIB`;
}

async function file(event) {
  const { request } = event;
  const kept = await keptFile(request.url);
  if (kept && FRAME.has(new URL(request.url).pathname)) return kept;
  const asked = fetch(request);
  event.waitUntil(asked.then((answer) => keepFile(request, answer.clone())).catch(() => {}));
  try {
    return await fromNetwork(asked, kept);
  } catch {
    return kept ?? Response.error();
  }
}

/** Bring over what older releases kept beside the frame, so that saved pages keep their pictures; drop the rest. */
async function takeOver() {
  const files = await caches.open(FILES);
  for (const name of await caches.keys()) {
    if (!name.startsWith("pesona-") || name === PAGES || name === FILES) continue;
    const older = await caches.open(name);
    const there = new Set((await files.keys()).map(({ url }) => bare(url)));
    for (const request of await older.keys()) {
      const path = bare(request.url);
      if (there.has(path) || !/^\/(media|static\/art)\//.test(path)) continue;
      const answer = await older.match(request);
      await files.put(path.replace(/^\/static\//, `/static/${SITE.hash}/`), answer);
    }
    await caches.delete(name);
  }
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

/** Keep what a page had fetched before this worker saw it, and the plan that a heart has changed. */
async function keepAll(addresses) {
  for (const address of addresses) {
    const url = new URL(address, location.origin);
    if (url.origin !== location.origin) continue;
    try {
      if (isPublicPage(url)) await keepPage(url.href, await fetch(url));
      else if (KEPT_FILES.test(url.pathname) && !FRAME.has(url.pathname)) await keepFile(new Request(url), await fetch(url));
    } catch { /* not connected: nothing to keep */ }
  }
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(FILES).then((files) => files.addAll([...SITE.frame, ...Object.values(SITE.offline)])));
});

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("message", (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(keepAll(event.data.keep));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (KEPT_FILES.test(url.pathname)) event.respondWith(file(event));
});
