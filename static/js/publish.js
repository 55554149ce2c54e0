// The button of the publish screen names the parts that are ticked now. Without this it names those ticked at first.
const button = document.querySelector("button[data-say]");
const ticks = [...document.querySelectorAll("input[name=parts][data-name]")];

const say = () => {
  const names = ticks.filter((tick) => tick.checked).map((tick) => tick.dataset.name);
  // The languages come before the facts, as at first.
  const ordered = [...names.slice(1), names[0]];
  const facts = ticks[0].checked && ticks[0].value === "facts";
  button.textContent = names.length
    ? button.dataset.say.replace("{}", (facts ? ordered : names).join(" + "))
    : button.dataset.nothing;
};

for (const tick of ticks) tick.addEventListener("change", say);
