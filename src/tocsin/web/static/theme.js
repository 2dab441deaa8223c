// Dark or light as chosen here before; loaded before the page is drawn, so that it does not flash.
(() => {
  const KEY = "tocsin-theme";
  const root = document.documentElement;
  let stored = null;
  try {
    stored = localStorage.getItem(KEY);
  } catch {
    // Storage is off: the system's choice holds.
  }
  if (stored === "dark" || stored === "light") root.dataset.theme = stored;
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = root.dataset.theme
        ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try {
        localStorage.setItem(KEY, root.dataset.theme);
      } catch {
        // Storage is off: the choice lasts as long as the page.
      }
      document.dispatchEvent(new CustomEvent("tocsin:theme"));
    });
  });
})();
