// Opens an article beside the incident without loading the page anew. Without this script the
// same links load the same page.

const SELECTOR = "#beside";
let shown = location.search;

async function show(href, { push }) {
  const beside = document.querySelector(SELECTOR);
  beside.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    beside.replaceChildren(...page.querySelector(SELECTOR).childNodes);
  } catch {
    location.assign(href);
    return;
  } finally {
    beside.removeAttribute("aria-busy");
  }
  if (push) history.pushState(null, "", href);
  shown = location.search;
  const words = document.getElementById("words");
  const target = words ?? beside;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.scrollIntoView({ block: words ? "center" : "start", behavior: still ? "auto" : "smooth" });
  target.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  const link = event.target.closest("a[data-beside]");
  if (!link || !plain) return;
  event.preventDefault();
  show(link.href, { push: true });
});

// Back from the words to a value: show which one.
document.addEventListener("click", (event) => {
  const link = event.target.closest("#beside a[href^='#']");
  if (!link) return;
  const value = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!value) return;
  event.preventDefault();
  value.scrollIntoView({ block: "center" });
  value.focus({ preventScroll: true });
});

// Jumps within the page fire this too, and change no article.
addEventListener("popstate", () => {
  if (location.search !== shown) show(location.href, { push: false });
});
