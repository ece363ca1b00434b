"""Takes pictures of the made-up place, to be looked at: `python tools/screenshots.py [ADDRESS]`.

The place must be served already (`make run`). Each picture is of one page, as one of its faces sees it, and
lies in `build/pictures`. One is kept: the refusal that the README shows, which is what Ken's page says while
Rosa has not answered, with its words beside it.
"""

import argparse
import re
import shutil
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

KEPT = Path("docs/pictures")
WIDE, NARROW = ViewportSize(width=1280, height=1100), ViewportSize(width=320, height=640)
VISITOR = ""
PICTURES = [  # name, whose eyes (a visitor's where there is no name), the page
    ("front-door", VISITOR, "/"),
    ("this-place", VISITOR, "/this-place"),
    ("how-this-was-made", VISITOR, "/how-this-was-made"),
    ("rosa", "Rosa Marlow", "/"),
    ("devon", "Devon Marlow", "/"),
    ("priya", "Priya Nair", "/"),
    ("ken", "Ken Holt", "/"),
    ("ana", "Ana Reyes", "/"),
    ("boyd", "Councillor Boyd", "/"),
    ("kens-matter", "Ken Holt", "the mornings"),  # before Rosa looks: then her letter is not known to be read
    ("rosas-matter", "Rosa Marlow", "the mornings"),
    ("rosas-promise", "Rosa Marlow", "the ramp"),
    ("decisions", "Ken Holt", "/decisions/"),
    ("promises", "Rosa Marlow", "/promises/"),
    ("try", "Ken Holt", "/try"),
]
MATTERS = {
    "the mornings": re.compile("morning help from 7 days to 5", re.IGNORECASE),
    "the ramp": re.compile("ramp at your front door", re.IGNORECASE),
}


def main() -> None:
    """Take every picture, or those that are named."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    asked.add_argument("--to", type=Path, default=Path("build/pictures"))
    asked.add_argument("--only", nargs="*", default=[], help="names of pictures")
    asked.add_argument("--whole", action="store_true", help="the whole page, however long")
    asked.add_argument("--narrow", action="store_true", help="as on a small telephone")
    asked.add_argument("--browser", default=shutil.which("chromium-headless-shell") or "chromium")
    said = asked.parse_args()
    said.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=said.browser, args=["--no-sandbox"])
        for name, eyes, where in PICTURES:
            if said.only and name not in said.only:
                continue
            page = browser.new_context(viewport=NARROW if said.narrow else WIDE).new_page()
            _see_as(page, said.address, eyes)
            _go(page, said.address, where)
            page.screenshot(path=said.to / f"{name}.png", full_page=said.whole)
            if name == "kens-matter":
                refusal = page.locator(".refusal").first
                if refusal.count():
                    refusal.screenshot(path=KEPT / "refusal.png")
                    words = re.sub(r"\d{1,2} \w+ \d{4}", "…", " ".join(refusal.inner_text().split()))
                    (KEPT / "refusal.txt").write_text(f"{words}\n")  # a test holds them against the page
            print(said.to / f"{name}.png", "wider than the screen" if _is_too_wide(page) else "")
            page.context.close()
        browser.close()


def _see_as(page: Page, address: str, eyes: str) -> None:
    if eyes:
        page.goto(f"{address}/seen-as/")
        page.get_by_role("button", name=f"See it as {eyes}", exact=True).click()


def _go(page: Page, address: str, where: str) -> None:
    if where.startswith("/"):
        page.goto(address + where)
        return
    for lists in ("/", "/decisions/", "/promises/"):
        page.goto(address + lists)
        link = page.get_by_role("link", name=MATTERS[where]).first
        if link.count():
            link.click()
            return


def _is_too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


if __name__ == "__main__":
    main()
