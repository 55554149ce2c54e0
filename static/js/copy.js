// A button beside coordinates that marks and copies them. Without this they are plain text, to be marked by hand.
// The site's policy refuses the clipboard to scripts, so this is the copying of a selection that a press allows.
const words = { id: ["Salin", "Tersalin"], en: ["Copy", "Copied"] }[document.documentElement.lang];

for (const text of words ? document.querySelectorAll(".copy__text") : []) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy__button";
  button.textContent = words[0];
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", () => {
    getSelection().selectAllChildren(text);
    said.textContent = document.execCommand("copy") ? words[1] : "";
  });
  text.after(button, said);
}
