// Tells when the record changed. The board's list, chart and map are brought up to date at once,
// unless someone is at work in them; other pages offer to be loaded anew.

const notice = document.getElementById("changed");
let shown = Number(document.body.dataset.mark);

function atWork(element) {
  return element.contains(document.activeElement) || String(getSelection()) !== "";
}

async function renew(mark) {
  const found = document.getElementById("found");
  if (!found || atWork(found)) {
    notice.hidden = false;
    return;
  }
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of [".count", ".list", ".timeline"]) {
    const now = found.querySelector(part);
    const next = page.querySelector(`#found ${part}`);
    if (now && next) now.replaceWith(next);
  }
  shown = mark;
  document.dispatchEvent(new CustomEvent("tocsin:changed"));
}

// Only the page in view listens: browsers open six connections to one host, over all tabs.
let events = null;

function listen() {
  events = new EventSource("/api/v1/changes");
  events.addEventListener("record", (event) => {
    const { mark } = JSON.parse(event.data);
    if (mark !== shown) renew(mark).catch(() => { notice.hidden = false; });
  });
}

function follow() {
  const inView = document.visibilityState === "visible";
  if (inView && !events) listen();
  if (!inView && events) {
    events.close();
    events = null;
  }
}

if (document.body.dataset.mark !== "" && "EventSource" in window) {
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => { events?.close(); events = null; });
  addEventListener("pageshow", follow);
  follow();
}
