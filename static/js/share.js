// Copies the address of a page, or hands it to the system's share sheet. Without this the address can be marked and copied.
for (const box of document.querySelectorAll("[data-share]")) {
  const field = box.querySelector("input");
  const copy = box.querySelector("[data-copy]");
  const send = box.querySelector("[data-send]");
  const said = box.querySelector("[role=status]");

  field.addEventListener("focus", () => field.select());
  copy.hidden = false;
  copy.addEventListener("click", () => {
    field.select();
    // The clipboard API needs a permission that the site gives to nobody.
    said.textContent = document.execCommand("copy") ? said.dataset.done : said.dataset.failed;
  });
  if (!send || !navigator.share) continue;
  send.hidden = false;
  send.addEventListener("click", () => {
    // Whoever closes the sheet again has not failed.
    navigator.share({ title: send.dataset.send, url: field.value }).catch(() => {});
  });
}
