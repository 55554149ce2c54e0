// Hearts on cards and pages keep a trip plan on this device, never in a cookie; the plan page itself lives in its address.
// Without this file the pages lead to a plan that begins with them, and the plan adds by name.
const KEY = "pesona-plan";
const MINE = "pesona-plan-mine";
const words = {
  id: ["Tambahkan ke rencana", "Lihat rencana Anda", "Simpan sebagai rencana saya di perangkat ini", "Tersimpan di perangkat ini.", "Rencana"],
  en: ["Add to trip plan", "See your trip plan", "Keep as my plan on this device", "Kept on this device.", "Trip plan"],
}[document.documentElement.lang];
const path = document.querySelector("[data-plan-link]")?.getAttribute("href").split("?")[0];
const HEART = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 20.5C5 15.5 2.5 12 2.5 8.5a5 5 0 0 1 9.5-2 5 5 0 0 1 9.5 2c0 3.5-2.5 7-9.5 12z"/></svg>';

function kept() {
  try {
    const plan = JSON.parse(localStorage.getItem(KEY));
    if (plan && typeof plan.start === "string" && Array.isArray(plan.days) && plan.days.every((day) => typeof day === "string")) return plan;
  } catch { /* what is not readable, or may not be read, is no plan */ }
  return { start: "", days: [] };
}

function keep(plan) {
  try { localStorage.setItem(KEY, JSON.stringify(plan)); } catch { return false; }
  return true;
}

/** Whether the last page of this tab was the plan of this device and a form of it was sent. */
function followed(sent) {
  try {
    const was = sessionStorage.getItem(MINE);
    if (sent) sessionStorage.setItem(MINE, "1");
    else sessionStorage.removeItem(MINE);
    return Boolean(was);
  } catch { return false; }
}

const stops = (day) => day.split(",").filter((token) => token && token !== "-");
const all = (plan) => plan.days.flatMap(stops);

function address(plan) {
  if (!all(plan).length) return path;
  const query = plan.days.map((day) => `day=${encodeURIComponent(day).replaceAll("%2C", ",").replaceAll("%3A", ":")}`);
  if (plan.start) query.unshift(`start=${plan.start}`);
  return `${path}?${query.join("&")}`;
}

function toggle(token) {
  const plan = kept();
  if (all(plan).includes(token)) {
    plan.days = plan.days.map((day) => stops(day).filter((one) => one !== token).join(",") || "-");
    while (plan.days.at(-1) === "-") plan.days.pop();
  } else {
    const last = Math.max(plan.days.length - 1, 0);
    plan.days[last] = [...stops(plan.days[last] ?? ""), token].join(",");
  }
  keep(plan);
  show();
  // The worker saves the plan, so that it opens without a connection though nobody looked at it before.
  navigator.serviceWorker?.controller?.postMessage({ keep: [address(plan)] });
}

function heart(box) {
  if (box.querySelector(".heart")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "heart";
  button.dataset.heart = box.dataset.plan;
  button.innerHTML = HEART;
  const name = document.createElement("span");
  button.append(name);
  button.addEventListener("click", () => toggle(box.dataset.plan));
  if (box.matches("p")) {
    name.textContent = words[0];
    const see = document.createElement("a");
    see.className = "plan-add__see";
    see.dataset.planLink = "";
    see.hidden = true;
    see.textContent = words[1];
    see.href = path;
    box.replaceChildren(button, see);
  } else {
    name.className = "visually-hidden";
    name.textContent = `${words[0]}: ${box.querySelector("a").textContent}`;
    box.append(button);
  }
}

function show() {
  const plan = kept();
  const tokens = all(plan);
  for (const button of document.querySelectorAll("[data-heart]")) {
    const chosen = tokens.includes(button.dataset.heart);
    button.setAttribute("aria-pressed", chosen);
    const see = button.parentElement.querySelector(".plan-add__see");
    if (see) see.hidden = !chosen;
  }
  for (const link of document.querySelectorAll("[data-plan-link]")) {
    link.href = address(plan);
    if (link.matches(".plan-add__see")) continue;
    // The number stands beside the word without moving anything.
    if (tokens.length) link.dataset.count = tokens.length;
    else delete link.dataset.count;
    link.setAttribute("aria-label", tokens.length ? `${words[4]} (${tokens.length})` : words[4]);
  }
}

/** Let the plan page of this device follow its own changes; that of somebody else is kept only when asked. */
function planPage(page) {
  const shown = { start: page.dataset.start, days: page.dataset.days.split("|").filter(Boolean) };
  const same = address(shown) === address(kept());
  if (followed(false)) keep(shown);
  const mine = same || address(shown) === address(kept()) || !all(kept()).length;
  for (const form of document.querySelectorAll("[data-plan-form]")) {
    form.addEventListener("submit", () => { if (mine) followed(true); });
  }
  if (!all(shown).length || address(shown) === address(kept())) return;
  const line = document.createElement("p");
  line.className = "plan-page__mine";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = words[2];
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", () => {
    if (!keep(shown)) return;
    button.hidden = true;
    said.textContent = words[3];
    show();
  });
  line.append(button, said);
  page.querySelector(".plan-page__keep h2").after(line);
}

if (words && path) {
  document.querySelectorAll("[data-plan]").forEach(heart);
  const page = document.querySelector("[data-plan-page]");
  if (page) planPage(page);
  show();
  // Cards that another script has brought.
  document.addEventListener("cards", () => { document.querySelectorAll("[data-plan]").forEach(heart); show(); });
  addEventListener("pageshow", show);
  addEventListener("storage", show);
}
