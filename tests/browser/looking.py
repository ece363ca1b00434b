"""What a real browser is asked about a page: barriers, edges, keys, sizes, paper."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.walking import Walk, Where

AXE = (Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
# Laid beside a page as it comes, and read in only where somebody looks: so it is sent to a window once.
AT_HAND = f"""Object.defineProperty(window, "axe", {{ configurable: true, get() {{
  delete window.axe;
  {AXE}
  return window.axe;
}} }})"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
SPACE_OUT = "s => { const t = new CSSStyleSheet(); t.replaceSync(s); document.adoptedStyleSheets = [t]; }"
WIDE_SCREEN: ViewportSize = {"width": 1280, "height": 720}
WIDE = """() => ({ page: document.documentElement.scrollWidth, by: [...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > 321 && !one.closest("[data-scrolls], .scrolls"))
  .slice(0, 3).map(one => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`) })"""
CUT_OFF = """() => [...document.querySelectorAll("main *")].filter(one => {
    const look = getComputedStyle(one);
    return look.overflow === "hidden" && one.scrollHeight > one.clientHeight + 2 && one.clientHeight > 4;
  }).slice(0, 3).map(one => one.outerHTML.slice(0, 90))"""
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter(one => {
    const box = one.getBoundingClientRect(), look = getComputedStyle(one);
    const inWords = look.display === "inline" && [...one.parentElement.childNodes].some(
      near => near.nodeType === 3 && near.textContent.trim().length > 2);
    const target = one.labels?.[0]?.getBoundingClientRect() ?? box;
    return box.height > 1 && Math.max(box.height, target.height) < 24 && !inWords;
  }).map(one => one.outerHTML.slice(0, 120))"""
FOLDED_ON_PAPER = """() => [...document.querySelectorAll("main details:not([open])")]
  .filter(one => getComputedStyle(one.lastElementChild).display !== "none")
  .filter(one => !one.lastElementChild.checkVisibility({contentVisibilityAuto: true})
    || one.lastElementChild.getBoundingClientRect().height < 1)
  .map(one => one.querySelector("summary").textContent.trim())"""
PARTED_ON_PAPER = """() => [...document.querySelectorAll("main tr, main details summary")].filter(one => {
    const look = getComputedStyle(one);
    return one.matches("tr") ? look.breakInside !== "avoid"
      : look.breakAfter !== "avoid" || look.display.startsWith("inline");
  }).map(one => one.textContent.trim().slice(0, 60))"""
DAYS_BROKEN = r"""() => [...document.querySelectorAll("main td, main th")].flatMap(cell => {
  const found = [], words = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const range = document.createRange(), said = words.currentNode.data.trim();
    range.selectNode(words.currentNode);
    if (/^\d{1,2} \S+ \d{4}$/.test(said) && range.getClientRects().length > 1) found.push(said);
  }
  return found;
})"""  # a day that stands alone in its cell, not one in the middle of a sentence
NOT_BESIDE = """() => [...document.querySelectorAll("main .beside")].filter(one => {
  if (one.closest(".easy")) return false;
  const [first, second] = [...one.children].filter(part => getComputedStyle(part).gridColumnEnd !== "-1");
  return second && second.getBoundingClientRect().top !== first.getBoundingClientRect().top;
}).map(one => one.textContent.trim().slice(0, 60))"""
CUT_ON_PAPER = """() => [...document.querySelectorAll("main table, main svg, main img, main pre")]
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(one => one.textContent.trim().slice(0, 60))"""
SHEET: ViewportSize = {"width": 687, "height": 1009}  # A4 within our margins
OVER_NOTHING = """() => [...document.querySelectorAll("main section")].filter(one => {
  const shown = [...one.children].filter(part => part.checkVisibility());
  return shown.length && shown.every(part => part.matches("h1, h2, h3, h4"));
}).map(one => one.textContent.trim().slice(0, 60))"""
STOPS = """() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")].filter(one => {
    if (one.disabled || one.tabIndex < 0 || one.closest("[inert], [hidden]")) return false;
    if (!one.checkVisibility({visibilityProperty: true})) return false;
    if (one.closest("details:not([open])") && !one.matches("summary")) return false;
    if (one.type === "radio") {
      const named = document.querySelectorAll(`input[type=radio][name="${one.name}"]`);
      const group = [...named].filter(other => other.form === one.form);
      return one === (group.find(o => o.checked) ?? group[0]);
    }
    return true;
  }).length"""
STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const look = getComputedStyle(one), box = one.getBoundingClientRect();
  const mark = one.labels?.[0] ? getComputedStyle(one.labels[0], "::before") : null;
  const near = one.labels?.[0] ? getComputedStyle(one.labels[0]) : look;
  const ring = [look, near].some(s => s.outlineStyle !== "none" || s.boxShadow !== "none")
    || (mark && mark.boxShadow !== "none");
  const x = Math.min(innerWidth - 1, Math.max(0, box.x + box.width / 2));
  const y = Math.min(innerHeight - 1, Math.max(0, box.y + Math.min(box.height / 2, 20)));
  const top = document.elementFromPoint(x, y);
  const covered = top && !(one.contains(top) || top.contains(one) || one.labels?.[0]?.contains(top));
  window.__stops = window.__stops ?? new Map();
  const back = window.__stops.get(one);
  if (back === undefined) window.__stops.set(one, window.__stops.size);
  const last = window.__last;
  const order = last && (last.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING);
  window.__last = one;
  return {what: one.outerHTML.slice(0, 100), ring, covered: Boolean(covered), order: Boolean(order),
    again: back !== undefined, inView: box.bottom > 0 && box.top < innerHeight && box.height > 0};
}"""


FOUND = """async options => (await axe.run(document, options)).violations.map(
  one => `${one.id}: ${one.help} (${one.nodes[0].html.slice(0, 120)})`)"""


class Eyes:
    """A browser that opens any page of the walk as the visitor who found it."""

    def __init__(self, browser: Browser, walked: Walk) -> None:
        self.browser, self.walked = browser, walked
        self.contexts: dict[str, tuple[BrowserContext, Page]] = {}

    def page(self, visitor: str) -> Page:
        """One window for each visitor, kept open."""
        if visitor not in self.contexts:
            context = self.browser.new_context(viewport=WIDE_SCREEN)
            context.add_init_script(AT_HAND)
            if self.walked.cookies.get(visitor):
                cookie = {
                    "name": "sessionid",
                    "value": self.walked.cookies[visitor],
                    "url": self.walked.address,
                }
                context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict is what it takes
            self.contexts[visitor] = context, context.new_page()
        return self.contexts[visitor][1]

    def open(self, where: Where) -> Page:
        page = self.page(where.visitor)
        page.goto(self.walked.address + where.path)
        return page

    def close(self) -> None:
        for context, _page in self.contexts.values():
            context.close()


Look = Callable[[Page], Iterator[str]]


def each(walked: Walk, browser: Browser, places: Mapping[Where, Sequence[Look]]) -> dict[Look, list[str]]:
    """Open each of these places once, and look at it in each of its ways: for each way what was wrong, where.

    To open a page takes longer than most looks at it. So each look leaves the page as it found it, but for
    where the keyboard is and how its words are spaced.
    """
    eyes = Eyes(browser, walked)
    wrong: dict[Look, list[str]] = {look: [] for looks in places.values() for look in looks}
    for where, looks in places.items():
        page = eyes.open(where)
        for look in looks:
            wrong[look] += [f"{where}: {problem}" for problem in look(page)]
    eyes.close()
    return wrong


def barriers(page: Page, *, leave_out: tuple[str, ...] = ()) -> Iterator[str]:
    """What axe-core finds under WCAG 2.2 AA and its best practice."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)  # evaluated, not added as a script: our own policy would refuse that
    options = {
        "runOnly": {"type": "tag", "values": TAGS},
        "resultTypes": ["violations"],
        "rules": {rule: {"enabled": False} for rule in leave_out},
    }
    yield from page.evaluate(FOUND, options)  # not all that was found right, which is long to send


def barriers_in_forced_colours(page: Page) -> Iterator[str]:
    """The same where the device forces its own colours: then contrast is the device's."""
    page.emulate_media(forced_colors="active", color_scheme="dark")
    yield from barriers(page, leave_out=("color-contrast", "link-in-text-block"))
    page.emulate_media(forced_colors="none", color_scheme="light")


@contextmanager
def narrow(page: Page) -> Iterator[None]:
    """While it lasts, the screen is that of a small telephone, 320 points across."""
    page.set_viewport_size({"width": 320, "height": 640})
    yield
    page.set_viewport_size(WIDE_SCREEN)


def on_a_wide_screen(page: Page) -> Iterator[str]:
    """What wastes a wide screen, or breaks on it."""
    yield from (f"a day in a column is broken: {one}" for one in page.evaluate(DAYS_BROKEN))
    yield from (f"parts do not stand beside each other: {one}" for one in page.evaluate(NOT_BESIDE))


def on_a_narrow_screen(page: Page) -> Iterator[str]:
    """What is lost at 320 points."""
    with narrow(page):
        yield from runs_off(page)


def to_press_on_a_narrow_screen(page: Page) -> Iterator[str]:
    """What is hard to press at 320 points."""
    with narrow(page):
        yield from too_small(page)


def runs_off(page: Page) -> Iterator[str]:
    """What is wider than 320 points, before and after the words are spaced out (WCAG 1.4.10, 1.4.12)."""
    for how in ("", " with wider words"):
        if how:
            page.evaluate(SPACE_OUT, SPACED)
        wide = page.evaluate(WIDE)
        if wide["page"] > 320:
            yield f"is {wide['page']} points wide on a narrow screen{how}, because of {wide['by']}"
        cut = page.evaluate(CUT_OFF)
        if cut:
            yield f"words are cut off{how}: {cut}"


def too_small(page: Page) -> Iterator[str]:
    """What is hard to press (WCAG 2.5.8; links in the middle of a sentence may be as high as it is)."""
    yield from (f"too small to press: {one}" for one in page.evaluate(TOO_SMALL))


def keys(page: Page) -> Iterator[str]:
    """Walk the page by the Tab key: everything is reached once, in reading order, in sight, with a ring."""
    wanted = page.evaluate(STOPS)
    reached = 0
    for _press in range(wanted + 3):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop["again"]:
            break
        reached += 1
        if not stop["ring"]:
            yield f"no ring shows where the keyboard is: {stop['what']}"
        if not stop["inView"] or stop["covered"]:
            yield f"the keyboard is out of sight: {stop['what']}"
        if stop["order"]:
            yield f"the keyboard goes back up the page: {stop['what']}"
    if reached < wanted:
        yield f"the keyboard reaches {reached} of {wanted} things"


def on_paper(page: Page) -> Iterator[str]:
    """A page can be printed as a tagged PDF, without what can only be pressed."""
    page.emulate_media(media="print")
    for part in (".leave", ".nav", ".languages"):
        if page.locator(part).count() and page.locator(part).first.is_visible():
            yield f"{part} is printed, which cannot be pressed on paper"
    for summary in page.evaluate(FOLDED_ON_PAPER):
        yield f"what is folded under “{summary}” is not printed"
    for part in page.evaluate(PARTED_ON_PAPER):
        yield f"the end of a sheet may part “{part}”, or part it from what it stands over"
    seen = page.viewport_size
    page.set_viewport_size(SHEET)
    for part in page.evaluate(CUT_ON_PAPER):
        yield f"“{part}” is wider than a sheet of paper"
    page.set_viewport_size(seen or WIDE_SCREEN)
    for heading in page.evaluate(OVER_NOTHING):
        yield f"the heading “{heading}” stands over nothing on paper"
    paper = page.pdf(tagged=True, outline=True)
    if b"/StructTreeRoot" not in paper and b"/MarkInfo" not in paper:
        yield "the printed page has no tags"
    page.emulate_media(media="screen")
