// Words selected in an article: offers to set a value of the incident from them. The server finds
// the words by their text, near the place given here.

const bar = document.getElementById("selected");

// Code points before a place in the text; a character shown as its code counts as one.
function offsetOf(text, node, offset) {
  let count = Number(text.dataset.start);
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let at = walker.nextNode(); at; at = walker.nextNode()) {
    if (at === node) return count + [...at.data.slice(0, offset)].length;
    count += at.parentElement.closest(".code") ? 1 : [...at.data].length;
  }
  return count;
}

function selectedWords() {
  const selection = getSelection();
  if (selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const within = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest(".text");
  const text = within(range.startContainer);
  if (!text || text !== within(range.endContainer)) return null;
  const quote = String(selection).trim();
  if (quote === "" || quote.length > 400) return null;
  const node = range.startContainer;
  const start = node.nodeType === Node.TEXT_NODE ? offsetOf(text, node, range.startOffset) : Number(text.dataset.start);
  return { article: decodeURIComponent(text.dataset.article), start, quote };
}

function offer() {
  const words = selectedWords();
  bar.hidden = words === null;
  if (words === null) return;
  bar.querySelector("q bdi").textContent = words.quote;
  for (const name of ["article", "start", "quote"]) bar.elements[name].value = words[name];
}

if (bar) {
  document.addEventListener("selectionchange", () => {
    // Pressing a button of the bar must not take it away.
    if (!bar.contains(document.activeElement) || document.activeElement === document.body) offer();
  });
}
