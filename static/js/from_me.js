// Sorts the list of destinations from where its reader is, when asked and in this page alone: the place never leaves it.
// The pages of the same list are fetched as they are; without this file the list is sorted by name or from Siak town.
const box = document.querySelector("[data-from-me]");
const list = document.querySelector(".cards");
const MOST_PAGES = 20;
const OUTSIDE_KM = 20;
const ROUGH_KM = 2;
const RADIUS_KM = 6371.0088;
const said = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const radians = (degrees) => (degrees * Math.PI) / 180;

function kilometres([north, east], [toNorth, toEast]) {
  const half = Math.sin(radians(toNorth - north) / 2) ** 2
    + Math.cos(radians(north)) * Math.cos(radians(toNorth)) * Math.sin(radians(toEast - east) / 2) ** 2;
  return 2 * RADIUS_KM * Math.asin(Math.sqrt(half));
}

const point = (text) => text.split(",").map(Number);
const put = (text, distance) => text.replace("%(distance)s", said.format(distance));

function place() {
  const settings = { timeout: 15000, maximumAge: 60000 };
  return new Promise((found, failed) => navigator.geolocation.getCurrentPosition(found, failed, settings));
}

/** Return the cards of every page of this list, those that are here as they are. */
async function cards() {
  const here = new URL(location.href);
  const shown = Number(here.searchParams.get("page")) || 1;
  const pages = await Promise.all(Array.from({ length: Number(box.dataset.pages) }, async (_, at) => {
    if (at + 1 === shown) return [...list.children];
    const address = new URL(here);
    address.searchParams.set("page", at + 1);
    if (!at) address.searchParams.delete("page");
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    return [...new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll(".cards > li")];
  }));
  return pages.flat();
}

function measure(card, from) {
  const at = card.dataset.at ? kilometres(from, point(card.dataset.at)) : Infinity;
  card.querySelector(".card__distance")?.remove();
  // Food, crafts and arts are no places, and have no distance to be unknown.
  if (!card.dataset.plan) return [at, card];
  const line = document.createElement("p");
  line.className = "card__distance";
  line.textContent = at === Infinity ? box.dataset.unknown : put(box.dataset.distance, at);
  card.querySelector(".card__facts").after(line);
  return [at, card];
}

async function sort() {
  if (Number(box.dataset.pages) > MOST_PAGES) return box.dataset.long;
  let found, all;
  try { found = await place(); } catch (error) { return error.code === 1 ? box.dataset.refused : box.dataset.unavailable; }
  try { all = await cards(); } catch { return box.dataset.failed; }
  if (!all.some((card) => card.dataset.at)) return box.dataset.none;
  const from = [found.coords.latitude, found.coords.longitude];
  const sorted = all.map((card) => measure(card, from)).sort(([one], [other]) => (one === other ? 0 : one - other));
  list.replaceChildren(...sorted.map(([, card]) => document.adoptNode(card)));
  document.querySelector(".pagination")?.remove();
  box.dataset.pages = 1;
  box.querySelector("a").hidden = false;
  // The hearts of the cards that came are put in by the file of the plan.
  document.dispatchEvent(new Event("cards"));
  const away = Math.min(...box.dataset.villages.split(" ").map((village) => kilometres(from, point(village))));
  const rough = found.coords.accuracy / 1000;
  return [
    box.dataset.sorted,
    away > OUTSIDE_KM && put(box.dataset.outside, away),
    rough > ROUGH_KM && put(box.dataset.rough, rough),
  ].filter(Boolean).join(" ");
}

if (box && list && navigator.geolocation && isSecureContext) {
  const status = box.querySelector("[role=status]");
  const button = box.querySelector("button");
  box.hidden = false;
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    status.textContent = box.dataset.asking;
    status.textContent = await sort();
    button.removeAttribute("aria-disabled");
  });
}
