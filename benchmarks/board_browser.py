"""The board in a real Chromium: first paint with data, and frames a second while the map is panned.

    python -m benchmarks.board_browser record.db [--times 5]

`tocsin serve` answers in a process of its own. First paint is the browser's own measure of the
first content, at which the list stands already, since it comes with the page; `map` is when the map
has drawn its clusters. Each load is of a fresh profile. While the map is dragged to and fro, every
frame that the page could draw is counted; WebGL is done in software, as on a machine without a
graphics card.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import time

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.board_load import address_of, process
from benchmarks.data import machine

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SOFTWARE_GL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
DESK = {"width": 1280, "height": 900}
WAIT_MS = 120_000
PAN_S = 5.0

FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
ROWS = "document.querySelectorAll('.list tbody tr').length"
COUNT_FRAMES = """
() => {
  window.__frames = [];
  const count = (at) => { window.__frames.push(at); requestAnimationFrame(count); };
  requestAnimationFrame(count);
}
"""


def loaded(browser: Browser, origin: str) -> tuple[Page, float, float]:
    """The board in a fresh profile; milliseconds to the first paint and to the drawn map."""
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    began = time.perf_counter()
    page.goto(origin + "/", wait_until="domcontentloaded")
    page.wait_for_selector("#map[data-drawn]")
    map_ms = (time.perf_counter() - began) * 1000
    paint_ms = page.evaluate(FIRST_PAINT)
    if not page.evaluate(ROWS):
        raise SystemExit("the list is empty")
    return page, float(paint_ms), map_ms


def frames_a_second(page: Page, zoom_steps: int) -> float:
    """Drag the map to and fro for some seconds, zoomed in by so many steps."""
    box = page.locator("#map").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    for _ in range(zoom_steps):
        page.mouse.wheel(0, -400)
        page.wait_for_timeout(600)
    page.evaluate(COUNT_FRAMES)
    began = time.perf_counter()
    page.mouse.down()
    step = 0
    while time.perf_counter() - began < PAN_S:
        step += 1
        page.mouse.move(x + 120 * ((step % 40) / 20 - 1), y + 60 * ((step % 26) / 13 - 1))
    page.mouse.up()
    frames = page.evaluate("window.__frames")
    return float((len(frames) - 1) / ((frames[-1] - frames[0]) / 1000))


def main() -> None:
    """Load the board some times, then pan it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", help="a store that `benchmarks.large_record` wrote")
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    print(machine())
    with process("serve", "--db", options.store, "--port", "0") as server, sync_playwright() as own:
        origin = address_of(server)
        path = next((found for found in map(shutil.which, BROWSERS) if found), None)
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        browser = own.chromium.launch(executable_path=path, args=[*SOFTWARE_GL, *sandbox])
        paints, maps = [], []
        for number in range(options.times):
            page, paint_ms, map_ms = loaded(browser, origin)
            paints.append(paint_ms)
            maps.append(map_ms)
            print(
                f"load {number + 1}: first paint {paint_ms:.0f} ms, map {map_ms:.0f} ms", flush=True
            )
            if number + 1 < options.times:
                page.context.close()
        print(
            f"first paint: median {statistics.median(paints):.0f} ms;"
            f" map: median {statistics.median(maps):.0f} ms"
        )
        for steps in (0, 3):
            print(f"pan, zoomed in {steps} steps: {frames_a_second(page, steps):.0f} frames/s")
        browser.close()


if __name__ == "__main__":
    main()
