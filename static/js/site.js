// The menu of a phone closes with Escape and when focus or a tap goes elsewhere. Everything works without this.
const menu = document.querySelector(".masthead__menu");
const close = () => { menu.open = false; };

if (menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    close();
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) close();
  });
}

if (document.querySelector("[data-share]")) import("./share.js");

if (document.querySelector("[data-plan-link]")) import("./plan.js");
