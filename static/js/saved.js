// The pages that this device has kept, on the page that stands for those it has not.
const { lang } = document.documentElement;
const MOST_PLANS = 3;

/** Return (address, name, language, saved at) of each page that has an address of its own, the newest first. */
async function saved() {
  if (!("caches" in window) || !await caches.has("pesona-pages")) return [];
  const pages = await caches.open("pesona-pages");
  const found = await Promise.all((await pages.keys()).map(async ({ url }) => {
    const kept = await pages.match(url);
    const page = new DOMParser().parseFromString(await kept.text(), "text/html");
    const heading = page.querySelector("h1");
    return {
      url: new URL(url), name: heading?.textContent.trim() || page.title, locale: page.documentElement.lang,
      spoken: heading?.lang || page.documentElement.lang,
      at: new Date(kept.headers.get("X-Saved-At")), plan: Boolean(page.querySelector("[data-plan-page]")),
    };
  }));
  found.sort((a, b) => b.plan - a.plan || b.at - a.at);
  const plans = found.filter((one) => one.plan).slice(0, MOST_PLANS);
  return [...plans, ...found.filter((one) => !one.plan && !one.url.search)];
}

function line({ url, name, spoken, at }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = url.pathname + url.search;
  link.textContent = name;
  if (spoken !== lang) link.lang = spoken;
  const time = document.createElement("time");
  time.dateTime = at.toISOString();
  time.textContent = at.toLocaleDateString(lang === "en" ? "en-GB" : lang, {
    timeZone: "Asia/Jakarta", day: "numeric", month: "long", year: "numeric",
  });
  item.append(link, " ", time);
  return item;
}

for (const box of document.querySelectorAll("[data-saved-pages]")) {
  const again = document.querySelector("[data-again]");
  // Answered in place of another page: its address still stands in the browser.
  if (again && location.pathname !== box.dataset.savedPages) {
    again.hidden = false;
    again.querySelector("a").href = location.pathname + location.search;
  }
  const pages = await saved();
  for (const list of box.querySelectorAll("[data-locale]")) {
    const own = pages.filter((one) => one.locale === list.dataset.locale);
    list.hidden = !own.length;
    const lines = document.createElement("ul");
    lines.append(...own.map(line));
    list.append(lines);
  }
  box.querySelector("[data-none]").hidden = pages.length > 0;
}
