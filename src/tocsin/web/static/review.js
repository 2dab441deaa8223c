// Keys of the review queue. Each stands for a link or a button of the page, which works without.

const LINKS = { j: "a[rel=next]", k: "a[rel=prev]" };
const FOCUS = { w: "input[name=reason]" };

function isTyping(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  const withModifier = event.metaKey || event.ctrlKey || event.altKey;
  if (withModifier || event.repeat || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  const found = document.querySelector(LINKS[key] ?? FOCUS[key] ?? `button[data-key="${CSS.escape(key)}"]`);
  // What is folded away is not pressed by a stray key.
  if (!found?.checkVisibility()) return;
  event.preventDefault();
  if (key in FOCUS) found.focus();
  else found.click();
});

document.getElementById("chosen")?.scrollIntoView({ block: "nearest" });
