// A button beside coordinates that copies them. Without this they are plain text, to be marked by hand.
const words = { id: ["Salin", "Tersalin"], en: ["Copy", "Copied"] }[document.documentElement.lang];

for (const text of document.querySelectorAll(".copy__text")) {
  if (!navigator.clipboard || !words) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy__button";
  button.textContent = words[0];
  const said = document.createElement("span");
  said.className = "copy__said";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    said.textContent = words[1];
  });
  text.after(button, said);
}
