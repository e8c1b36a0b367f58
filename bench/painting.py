"""How soon a note that was clicked is painted, and how much a page moves while it loads.

    python bench/painting.py [--times 40]

The essay made for the tests, with its 200 notes, in Chromium with a processor four times slower,
wide and narrow; its layout shift (CLS, no unit) also with 60 notes, the fonts arriving late. What
else the machine does counts, too: the least of many times tells what the page costs.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from page_site import STRESS, Reader, build_site, launch, served, write_stress

SLOWER = 4
SOON = 100
"""The goal, in milliseconds."""
WIDTHS = (1440, 375)
FEW = "essays/few/"
TOGGLE = """index => new Promise(resolve => {
  const refs = document.querySelectorAll("[role=doc-noteref]");
  const ref = refs[index % refs.length];
  ref.scrollIntoView({block: "center"});
  setTimeout(() => requestAnimationFrame(() => {
    const start = performance.now();
    ref.click();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
  }), 1000); // what the click before left to do is done
})"""
SHIFT = """
window.shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(({value}) => window.shift += value))
  .observe({type: "layout-shift", buffered: true});
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--times", type=int, default=40)
    times = parser.parse_args().times
    with opened() as reader:
        print(f"click to painted among 200 notes, processor {SLOWER} times slower, ms of {times}")
        for width in WIDTHS:
            taken = toggles(reader, width, times)
            print(f"  {width:5} px: median {statistics.median(taken):.0f}, "
                  f"least {min(taken):.0f}, most {max(taken):.0f}; goal: {SOON}")
        print("layout shift while a page loads")
        for address, count in ((FEW, 60), (STRESS, 200)):
            for width in WIDTHS:
                moved = shift(reader, address, width)
                print(f"  {count:3} notes, {width:4} px: {moved:.4f}; goal: 0")


@contextmanager
def opened() -> Iterator[Reader]:
    """A reader of the site with the essays made for the tests."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        build_site(Path(folder))
        write_stress(Path(folder), FEW, 60)
        with served(Path(folder)) as base:
            browser = launch(playwright)
            reader = Reader(browser, base)
            yield reader
            reader.close()
            browser.close()


def toggles(reader: Reader, width: int, times: int) -> list[float]:
    """Milliseconds from each click on a note's number until the note is painted."""
    page = reader.open(STRESS, width)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return [page.evaluate(TOGGLE, number * 37) for number in range(times)]


def shift(reader: Reader, address: str, width: int) -> float:
    """How far things move that were seen, until a second after the page was loaded."""
    page = reader.open(address, width, init=SHIFT, font_delay=300)
    page.wait_for_timeout(1000)
    return float(page.evaluate("shift"))


if __name__ == "__main__":
    main()
