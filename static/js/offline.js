// Registers the worker that keeps visited pages for times without a connection; without it nothing else is missing.
// A scope for each language and none for the whole site: the desk, previews and the API are outside of both.
const SCOPES = ["/id/", "/en/"];

async function keep() {
  const seen = Boolean(navigator.serviceWorker.controller);
  await Promise.all(SCOPES.map((scope) => navigator.serviceWorker.register("/sw.js", { scope })));
  const { active } = await navigator.serviceWorker.ready;
  // The worker came after this page and its files; it keeps them now.
  if (!seen) active.postMessage({ keep: [location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)] });
}

if (navigator.serviceWorker) {
  // After the page: whoever has a slow line waits for it, never for this.
  const begin = () => { keep().catch(() => {}); };
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}
