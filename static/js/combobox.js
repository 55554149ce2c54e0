// Suggestions under the search field while one types: the combobox pattern of ARIA 1.2 with a list.
// Focus never leaves the field; without this file, or without an answer, the form is a plain form.
const PAUSE = 120;
const SHORTEST = 2;
const ROOM_BELOW = 40;
const LEAST_ROOM = 176;
const WORDS = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_'’‘ʼ`]*/gu;

const fold = (text) => text.replace(/['’‘ʼ`]/g, "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const words = (text) => fold(text).match(/[\p{L}\p{N}_]+/gu) ?? [];

function element(tag, attributes, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

/** Return the text of *name* with the typed beginnings of its words in <mark>. */
function marked(name, typed) {
  const parts = [];
  let end = 0;
  for (const { 0: word, index } of name.matchAll(WORDS)) {
    const fitting = typed.filter((one) => fold(word).startsWith(one)).sort((a, b) => b.length - a.length)[0];
    if (!fitting) continue;
    let length = 1;
    while (length < word.length && fold(word.slice(0, length)).length < fitting.length) length += 1;
    parts.push(name.slice(end, index), element("mark", {}, word.slice(0, length)));
    end = index + length;
  }
  return [...parts, name.slice(end)];
}

class Combobox {
  constructor(field) {
    this.field = field;
    this.results = [];
    this.chosen = -1;
    this.asking = null;
    this.timer = 0;
    this.list = element("ul", { class: "suggestions", id: `${field.id}-list`, role: "listbox", "aria-label": field.dataset.suggest });
    this.list.hidden = true;
    this.status = element("p", { class: "visually-hidden", role: "status" });
    field.form.append(this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    })) field.setAttribute(name, value);
    this.listen();
  }

  listen() {
    // A phone's keyboard composes every word, an input method on a computer only what is not yet a word.
    const composes = (event) => event.isComposing && !matchMedia("(pointer: coarse)").matches;
    this.field.addEventListener("input", (event) => { if (!composes(event)) this.typed(); });
    this.field.addEventListener("compositionend", () => this.typed());
    this.field.addEventListener("keydown", (event) => {
      if (!event.isComposing && event.keyCode !== 229) this.pressed(event);
    });
    this.field.addEventListener("blur", () => this.close());
    this.field.form.addEventListener("submit", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.go([...this.list.children].indexOf(option));
    });
    window.addEventListener("pagehide", () => this.close());
  }

  get isOpen() { return !this.list.hidden; }

  typed() {
    this.forget();
    if (this.field.value.trim().length < SHORTEST) this.close();
    else this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  /** Let go of every question not yet answered. */
  forget() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.asking = null;
  }

  async ask() {
    this.forget();
    const asking = this.asking = new AbortController();
    const query = this.field.value;
    const values = new URLSearchParams({ q: query.trim(), locale: document.documentElement.lang });
    try {
      const answer = await fetch(`/api/v1/suggest?${values}`, { signal: asking.signal, credentials: "same-origin" });
      const { results } = answer.ok ? await answer.json() : { results: [] };
      if (this.asking === asking && this.field.value === query) this.show(results, query);
    } catch {
      // Aborted or not connected: the form still works.
      if (this.asking === asking) this.close();
    }
  }

  show(results, query) {
    this.asking = null;
    if (document.activeElement !== this.field) return;
    this.results = results;
    this.list.replaceChildren(...results.map((one, number) => this.option(one, number, words(query))));
    this.list.hidden = !results.length;
    this.field.setAttribute("aria-expanded", String(this.isOpen));
    this.choose(-1);
    this.fit();
    const { none, one, many } = this.field.dataset;
    this.status.textContent = [none, one][results.length] ?? many.replace("{n}", results.length);
  }

  option({ title, lang, note, also, also_lang: alsoLang }, number, typed) {
    const here = document.documentElement.lang;
    const spoken = (code) => (code && code !== here ? { lang: code } : {});
    const name = element("span", { class: "suggestions__name", ...spoken(lang) }, ...marked(title, typed));
    const line = element("span", { class: "suggestions__note" });
    if (also) line.append(element("span", { class: "suggestions__also", ...spoken(alsoLang) }, ...marked(also, typed)), " · ");
    line.append(note);
    return element("li", {
      class: "suggestions__option", id: `${this.list.id}-${number}`, role: "option", "aria-selected": "false",
    }, name, " ", line);
  }

  /** Keep the list inside what is visible above a phone's keyboard; it scrolls, the page does not. */
  fit() {
    const bottom = visualViewport ? visualViewport.offsetTop + visualViewport.height : innerHeight;
    const room = bottom - this.field.getBoundingClientRect().bottom - ROOM_BELOW;
    this.list.style.maxBlockSize = `${Math.max(room, LEAST_ROOM)}px`;
    this.list.scrollTop = 0;
  }

  choose(number) {
    this.list.children[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = number;
    const option = this.list.children[number];
    if (!option) {
      this.field.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    this.field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  /** Step through the options; between the last and the first stands the text itself. */
  step(by) {
    const places = this.results.length + 1;
    this.choose(((this.chosen + 1 + by + places) % places) - 1);
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (this.isOpen) this.step(key === "ArrowDown" ? 1 : -1);
      else if (this.field.value.trim().length >= SHORTEST) this.ask();
      else return;
      event.preventDefault();
    } else if (key === "Enter" && this.isOpen && this.chosen >= 0) {
      event.preventDefault();
      this.go(this.chosen);
    } else if (key === "Escape" && (this.isOpen || this.field.value)) {
      event.preventDefault();
      if (!this.isOpen) this.field.value = "";
      this.close();
    } else if (key === "Tab") {
      this.close();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) {
      this.choose(-1);
    }
  }

  go(number) {
    const { pathname } = new URL(this.results[number].url);
    this.close();
    location.assign(pathname);
  }

  close() {
    this.forget();
    this.list.hidden = true;
    this.list.replaceChildren();
    this.results = [];
    this.choose(-1);
    this.field.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
  }
}

for (const field of document.querySelectorAll("[data-suggest]")) new Combobox(field);
