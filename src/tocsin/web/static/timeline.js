// Drag across the bars of the timeline to choose several days; each bar alone is a plain link.

const MIN_DRAG_PX = 6;
let from = null;

function barAt(figure, x) {
  let best = null;
  let distance = Infinity;
  for (const bar of figure.querySelectorAll("a[data-first]")) {
    const box = bar.getBoundingClientRect();
    const away = Math.max(box.left - x, x - box.right, 0);
    if (away < distance) [best, distance] = [bar, away];
  }
  return best;
}

function paint(figure, low, high) {
  for (const bar of figure.querySelectorAll("a[data-first]")) {
    const box = bar.getBoundingClientRect();
    bar.classList.toggle("chosen", box.right >= low && box.left <= high);
  }
}

document.addEventListener("pointerdown", (event) => {
  const figure = event.target.closest(".timeline");
  from = figure && event.button === 0 ? { figure, x: event.clientX } : null;
});

document.addEventListener("pointermove", (event) => {
  if (!from || Math.abs(event.clientX - from.x) < MIN_DRAG_PX) return;
  paint(from.figure, Math.min(from.x, event.clientX), Math.max(from.x, event.clientX));
});

document.addEventListener("pointerup", (event) => {
  if (!from) return;
  const { figure, x } = from;
  from = null;
  if (Math.abs(event.clientX - x) < MIN_DRAG_PX) return;
  const chosen = figure.querySelectorAll("a.chosen");
  const first = chosen[0] ?? barAt(figure, Math.min(x, event.clientX));
  const last = chosen[chosen.length - 1] ?? barAt(figure, Math.max(x, event.clientX));
  if (!first || !last) return;
  const address = new URL(location.href);
  address.searchParams.delete("cursor");
  address.searchParams.set("since", first.dataset.first);
  address.searchParams.set("until", last.dataset.last);
  location.assign(address);
});

// A drag that ends on a bar must not follow its link, nor drag the link itself.
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.(".timeline")) event.preventDefault();
});
