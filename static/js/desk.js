// What is typed at the desk is kept while one types: on the server, and in this browser until the server has it.
// Without this file every form works; only text that was never sent is lost with its page.
const PAUSE = 3000;
const AGAIN = 5000;
const PATIENCE = 5000;
// Seconds before a sign-in ends.
const WARNING = 600;
// Browsers send no more than 64 KB from a page that is being left.
const LONGEST_LEAVING = 60000;
const PREFIX = "pesona:";
const SAVED = "pesona-sent";
const MARKS = ["owner", "base", "opening", "form", "action"];

function stored(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function store(key, value) {
  // A browser may refuse to store, or be full: the server still has the text.
  try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* not here then */ }
}

/** Return what was typed, without the marks of the form that it was typed into. */
function words(data) {
  const typed = new URLSearchParams(data);
  for (const mark of MARKS) typed.delete(mark);
  return typed.toString();
}

class Keeper {
  constructor(form) {
    this.form = form;
    this.key = `${PREFIX}${form.dataset.account}:${form.dataset.scratch}`;
    this.said = [...form.querySelectorAll("[data-keeping]")];
    this.ways = [...form.querySelectorAll("[data-keeping-way]")];
    this.timer = 0;
    this.dirty = false;
    this.failed = false;
    this.left = false;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("online", () => { if (this.dirty) this.send(); });
    addEventListener("focus", () => { if (this.failed) this.send(); });
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", () => { this.left = false; });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.leave();
    });
    this.ends(Number(this.said[0]?.dataset.endsIn));
    this.recover();
  }

  /** Warn some minutes before the sign-in ends; what is sent meanwhile lets it last longer. */
  ends(seconds) {
    clearTimeout(this.warning);
    this.warning = setTimeout(() => this.say(this.said[0]?.dataset.ending, "ending"), (seconds - WARNING) * 1000);
  }

  data() {
    const data = new URLSearchParams(new FormData(this.form));
    data.set("form", this.form.dataset.scratch);
    data.set("action", "keep");
    return data;
  }

  typed() {
    this.dirty = true;
    store(this.key, { data: this.data().toString(), kept: false });
    if (!this.failed) this.say(this.said[0]?.dataset.unsaved);
    this.later(PAUSE);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  async send() {
    if (this.left) return;
    clearTimeout(this.timer);
    const body = this.data();
    this.dirty = false;
    const answer = await this.post(body);
    if (this.left) return;
    if (answer.kept) {
      this.failed = false;
      if (!this.dirty) {
        store(this.key, { data: body.toString(), kept: true });
        this.say(answer.kept);
        this.ends(answer.ends_in);
      }
      return;
    }
    this.failed = this.dirty = true;
    this.say(this.said[0]?.dataset[answer.cause], answer.cause);
    this.later(AGAIN);
  }

  /** Return what the server says: `kept`, or the cause why not. */
  async post(body) {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch("/admin/scratch", { method: "POST", body, signal, credentials: "same-origin" });
      if (answer.ok) return await answer.json();
      return { cause: { 401: "signedOut", 409: "other", 413: "long" }[answer.status] ?? "failed" };
    } catch {
      return { cause: "offline" };
    }
  }

  /** The page is being hidden or left: what was not sent yet goes at once. */
  leave() {
    if (!this.dirty || this.left) return;
    const body = this.data();
    clearTimeout(this.timer);
    const keepalive = body.toString().length < LONGEST_LEAVING;
    fetch("/admin/scratch", { method: "POST", body, keepalive, credentials: "same-origin" })
      .then((answer) => {
        if (answer.ok) store(this.key, { data: body.toString(), kept: true });
      })
      .catch(() => {});
    // Sent, but nobody knows yet whether it arrived: if the page comes back it sends again.
    this.later(PAUSE);
  }

  submitted(event) {
    this.left = true;
    clearTimeout(this.timer);
    if ((event.submitter?.value ?? "save") === "save" || !event.submitter?.value) sessionStorage.setItem(SAVED, this.key);
  }

  say(text, cause = "") {
    for (const place of this.said) {
      place.textContent = text ?? "";
      place.classList.toggle("keeping--failed", cause !== "");
    }
    for (const way of this.ways) way.hidden = !["signedOut", "other", "ending"].includes(cause);
  }

  /** Text that only this browser has goes to the server, and then waits in the banner like any other. */
  async recover() {
    const copy = stored(this.key);
    if (!copy) return;
    if (copy.kept || words(copy.data) === words(this.data())) {
      if (!document.querySelector("[data-check=unsaved], [data-check=not-saved]")) localStorage.removeItem(this.key);
      return;
    }
    // The answer to a button other than save holds what was typed, and what the button made of it: the copy is older.
    if (document.querySelector("[data-check=not-saved], .error-summary") && !location.search.includes("scratch=")) return this.typed();
    const body = new URLSearchParams(copy.data);
    if (!location.search && body.get("opening") === this.form.elements.opening?.value) {
      // A button drew this very form again: it holds the newest text already.
      store(this.key, { data: this.data().toString(), kept: false });
      this.dirty = true;
      this.later(PAUSE);
      return;
    }
    body.set("owner", this.form.elements.owner.value);
    const answer = await this.post(body);
    if (!answer.kept) return;
    store(this.key, { data: copy.data, kept: true });
    if (!this.dirty) location.reload();
  }
}

/** Show beside a text how long it is and how long it is at best. */
function count(field) {
  const { best } = field.dataset;
  const words = field.form?.dataset.count;
  if (!words) return;
  const shown = document.createElement("p");
  shown.className = "counter";
  const tell = () => {
    const n = [...field.value].length;
    shown.textContent = words.replace("{n}", n).replace("{best}", best);
    shown.classList.toggle("counter--over", n > Number(best));
  };
  field.addEventListener("input", tell);
  field.after(shown);
  tell();
}

function forget(wanted) {
  for (const key of Object.keys(localStorage)) if (wanted(key)) localStorage.removeItem(key);
}

// A form that was saved leads to a page that says so; only then is its copy no longer wanted.
const sent = sessionStorage.getItem(SAVED);
if (sent && document.querySelector("[data-check=saved], [data-check=same], [data-check=merged]")) {
  forget((key) => key === sent);
}
sessionStorage.removeItem(SAVED);

const keepers = [...document.querySelectorAll("[data-scratch]")].map((form) => new Keeper(form));
for (const field of document.querySelectorAll("[data-best]")) count(field);
for (const form of document.querySelectorAll("[data-sign-out]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await Promise.all(keepers.filter((keeper) => keeper.dirty).map((keeper) => keeper.send()));
    for (const keeper of keepers) keeper.left = true;
    forget((key) => key.startsWith(PREFIX));
    form.submit();
  });
}
