// "Open now, until 17.00": from the intervals on the page alone, in Siak's time whatever the visitor's zone.
// Without this file the page says the hours of the week and of the days ahead, which are true all day.
const language = document.documentElement.lang;
const ZONE = "Asia/Jakarta";
const weekday = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: ZONE });
const dated = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", timeZone: ZONE });
const date = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: ZONE });
const WEEK = 6 * 24 * 3600 * 1000;

/** Return the time of day of an ISO moment that is written in Siak's time, as this language writes it. */
function clock(iso) {
  const [hour, minute] = iso.slice(11, 16).split(":");
  if (language === "id") return `${hour}.${minute}`;
  return `${hour % 12 || 12}:${minute} ${hour < 12 ? "am" : "pm"}`;
}

/** Return the time, with its day where that is not the day of *now*. */
function said(iso, now) {
  const moment = new Date(iso);
  if (date.format(moment) === date.format(now)) return `${clock(iso)} WIB`;
  return `${(moment - now < WEEK ? weekday : dated).format(moment)} ${clock(iso)} WIB`;
}

const put = (template, time) => template.replace("%(time)s", time);

function sentence(data, now) {
  if (data.shut === "closed") return data.openShut;
  const coming = JSON.parse(data.coming);
  const running = coming.find(([opens, closes]) => new Date(opens) <= now && now < new Date(closes));
  if (running) {
    if ("shut" in data) return data.openShut;
    const [, closes, entry] = running;
    const last = entry && new Date(entry) > now ? `; ${put(data.entry, said(entry, now))}` : "";
    return put(data.open, said(closes, now)) + last;
  }
  const next = coming.find(([opens]) => new Date(opens) > now);
  const closed = "appointment" in data ? data.onlyAppointment : data.closed;
  return next && !("shut" in data) ? `${closed}; ${put(data.opens, said(next[0], now))}` : closed;
}

function show() {
  const now = new Date();
  for (const place of document.querySelectorAll(".hours__now")) {
    // A page that was kept for weeks says nothing rather than something old.
    place.hidden = now >= new Date(place.dataset.until);
    const text = place.hidden ? "" : sentence(place.dataset, now);
    if (place.textContent !== text) place.textContent = text;
  }
}

if (document.querySelector(".hours__now")) {
  show();
  setInterval(show, 20000);
  addEventListener("pageshow", show);
  document.addEventListener("visibilitychange", show);
}
