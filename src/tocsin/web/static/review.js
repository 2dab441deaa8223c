// Keys of the review queue. Each stands for a link or a button of the page, which works without.

const LINKS = { j: "a[rel=next]", k: "a[rel=prev]" };
const FOCUS = { w: ".decide input[name=reason]" };
const TICK = { a: "#tick" };

function isTyping(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  const withModifier = event.metaKey || event.ctrlKey || event.altKey;
  if (withModifier || event.repeat || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  const found = document.querySelector(LINKS[key] ?? FOCUS[key] ?? TICK[key] ?? `button[data-key="${CSS.escape(key)}"]`);
  // What is folded away is not pressed by a stray key.
  if (!found?.checkVisibility()) return;
  event.preventDefault();
  if (key in FOCUS) found.focus();
  else found.click();
});

document.getElementById("chosen")?.scrollIntoView({ block: "nearest" });

// Ticks last while one goes through the queue: the page is loaded anew for each item.
const many = document.getElementById("many");
const TICKED = "tocsin:ticked";

function ticks() {
  return [...many.querySelectorAll("input[name=item]")];
}

function tell() {
  const count = ticks().filter((tick) => tick.checked).length;
  document.getElementById("ticked").textContent = count ? `(${count})` : "";
  if (count) document.getElementById("with-ticked").open = true;
}

if (many?.querySelector("#with-ticked")) {
  const kept = new Set(JSON.parse(sessionStorage.getItem(TICKED) ?? "[]"));
  for (const tick of ticks()) tick.checked = kept.has(tick.value);
  tell();
  many.addEventListener("change", () => {
    const now = ticks().filter((tick) => tick.checked).map((tick) => tick.value);
    sessionStorage.setItem(TICKED, JSON.stringify(now));
    tell();
  });
  many.addEventListener("submit", () => sessionStorage.removeItem(TICKED));
}
