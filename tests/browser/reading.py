"""What a page says and how it is built, read from its HTML alone, and what is plainly wrong with it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

Attributes = dict[str, str]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NAMED = {"a", "button", "label", "legend", "summary", "h1", "h2", "h3", "h4", "title", "th"}
KEEP_WORDS = NAMED | {"textarea", "option"}
NOT_READ = {"script", "style", "title", "textarea", "pre", "code", "svg"}
SPEAKS_OF = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "for", "headers")
NOT_TYPED_IN = {"hidden", "submit", "button", "image", "reset"}
LEFTOVER = re.compile(
    r"{{|{%|%\([a-z_]+\)s|^None$|^True$|^False$|<[A-Z]\w+: |\bobject \(|"
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{32}\b|&[a-z]+;"
)
OUR_OWN_WORDS = re.compile(
    r"\b(ledgers?|merkle|sealed?|rungs?|yardsticks?|grounds?(?! floor)|ULOs?|outbox|idempoten\w+|payload|"
    r"upcasts?)\b",
    re.IGNORECASE,
)
HURTFUL = re.compile(
    r"\b(service[- ]users?|cases?|clients?|hard[- ]to[- ]reach|informal carers?|"
    r"the (?:disabled|elderly|vulnerable)|"
    r"suffer(?:s|ing)? from|wheelchair[- ]bound|challenging behaviour|non[- ]complian\w+|bed[- ]?blockers?|"
    r"frequent flyers?|loved ones?|burden)\b",
    re.IGNORECASE,
)


@dataclass
class Node:
    """One element that matters to us, with the words in it."""

    tag: str
    has: Attributes
    words: str = ""
    inside: tuple[str, ...] = ()  # the tags around it
    holds: list[str] = field(default_factory=list)  # what stands for words: a picture's alt


@dataclass
class Form:
    """A form: where it goes, and its fields as a browser would send them untouched."""

    action: str
    method: str
    fields: list[Node] = field(default_factory=list)
    buttons: list[Node] = field(default_factory=list)
    options: dict[str, list[Node]] = field(default_factory=dict)
    has: Attributes = field(default_factory=dict)

    def typed_in(self) -> list[Node]:
        """The fields that a person fills in."""
        shown = [one for one in self.fields if "hidden" not in one.has]
        return [one for one in shown if one.has.get("type") not in NOT_TYPED_IN]

    def untouched(self) -> list[tuple[str, str]]:
        """What is sent when somebody only presses the button."""
        sent: list[tuple[str, str]] = []
        for one in self.fields:
            kind, name = one.has.get("type", ""), one.has.get("name", "")
            if not name or (kind in ("radio", "checkbox") and "checked" not in one.has) or kind == "submit":
                continue
            if one.tag == "select":
                chosen = [each for each in self.options.get(name, []) if "selected" in each.has]
                first = (chosen or self.options.get(name, []))[:1]
                sent += [(name, each.has.get("value", "")) for each in first]
            else:
                sent.append((name, one.words if one.tag == "textarea" else one.has.get("value", "")))
        named = (one for one in self.buttons if one.has.get("name"))
        pressed = next(
            (one for one in named if one.has["name"] != "choose_which"), None
        )  # it leads to a name
        return [*sent, (pressed.has["name"], pressed.has.get("value", ""))] if pressed else sent


class Page(HTMLParser):
    """One page, read."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: list[Node] = []
        self.forms: list[Form] = []
        self.texts: list[str] = []
        self.twice: list[str] = []
        self.shape: set[str] = set()
        self._open: list[Node] = []
        self._form: Form | None = None
        self.feed(html)
        self.ids = Counter(node.has["id"] for node in self.nodes if "id" in node.has)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = Counter(name for name, _value in attrs)
        self.twice += [f"<{tag}> has {name} twice" for name, times in names.items() if times > 1]
        node = Node(
            tag, {name: value or "" for name, value in attrs}, inside=tuple(n.tag for n in self._open)
        )
        self.nodes.append(node)
        if "main" in node.inside:
            kind = node.has.get("type", "")
            self.shape.add(".".join([tag, kind, *sorted(node.has.get("class", "").split())]))
        if node.has.get("alt") or node.has.get("aria-label"):
            for around in self._open:
                around.holds.append(node.has.get("alt") or node.has.get("aria-label") or "")
        if tag == "form":
            self._form = Form(node.has.get("action", ""), node.has.get("method", "get").lower(), has=node.has)
            self.forms.append(self._form)
        elif self._form is not None:
            self._put_in_form(self._form, node)
        if tag not in VOID:
            self._open.append(node)

    def _put_in_form(self, form: Form, node: Node) -> None:
        if node.tag in ("input", "select", "textarea"):
            form.fields.append(node)
        elif node.tag == "button":
            form.buttons.append(node)
        elif node.tag == "option" and form.fields:
            form.options.setdefault(form.fields[-1].has.get("name", ""), []).append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag in {node.tag for node in self._open}:
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        for node in self._open:
            if node.tag in KEEP_WORDS:
                node.words += data
        if data.strip() and not any(node.tag in NOT_READ for node in self._open):
            self.texts.append(" ".join(data.split()))

    def all(self, *tags: str) -> list[Node]:
        return [node for node in self.nodes if node.tag in tags]

    @property
    def title(self) -> str:
        return next((" ".join(node.words.split()) for node in self.all("title")), "")

    @property
    def heading(self) -> str:
        return next((" ".join(node.words.split()) for node in self.all("h1")), "")

    def problems(self) -> Iterator[str]:
        """Everything that is wrong here, each in one sentence."""
        yield from self.twice
        yield from (
            f"the id {name!r} is there {times} times" for name, times in self.ids.items() if times > 1
        )
        yield from self._dangling()
        yield from self._outline()
        yield from self._nameless()
        yield from self._form_faults()
        yield from self._bad_words()

    def _dangling(self) -> Iterator[str]:
        for node in self.nodes:
            for name in SPEAKS_OF:
                for wanted in node.has.get(name, "").split():
                    if wanted not in self.ids:
                        yield f"<{node.tag}> has {name}={wanted!r}, which is not on the page"
            target = node.has.get("href", "")
            if node.tag == "a" and target.startswith("#") and target[1:] not in self.ids:
                yield f"the link {node.words.strip()!r} leads to {target!r}, which is not on the page"

    def _outline(self) -> Iterator[str]:
        if len(self.all("h1")) != 1:
            yield f"there are {len(self.all('h1'))} main headings, where there must be one"
        if len(self.title) < 5 or self.title.startswith("–"):
            yield f"the page has no title of its own ({self.title!r})"
        if not next((node.has.get("lang") for node in self.all("html")), ""):
            yield "the page does not say its language"
        if not any("data-leave" in node.has for node in self.all("a")):
            yield "there is no “Leave this page fast”"
        before = 1
        for node in self.all("h1", "h2", "h3", "h4", "h5", "h6"):
            now = int(node.tag[1])
            if now > before + 1:
                yield f"the heading {node.words.strip()!r} jumps from level {before} to {now}"
            before = now

    def _nameless(self) -> Iterator[str]:
        labels = {node.has.get("for", ""): node.words for node in self.all("label")}
        for node in self.all("input", "select", "textarea"):
            if node.has.get("type") in NOT_TYPED_IN or "label" in node.inside or "hidden" in node.has:
                continue
            if not (
                labels.get(node.has.get("id", ""), "").strip()
                or set(node.has) & {"aria-label", "aria-labelledby"}
            ):
                yield f"the field {node.has.get('name')!r} has no label"
        for node in self.all("a", "button", "summary"):
            if node.tag == "a" and "href" not in node.has:
                continue
            spoken = node.words.strip() or " ".join(node.holds).strip() or node.has.get("aria-label")
            if not (spoken or node.has.get("aria-labelledby")):
                yield f"a <{node.tag}> has no words ({node.has})"
        for node in self.all("img"):
            if "alt" not in node.has:
                yield f"the picture {node.has.get('src')!r} has no alt"
        for node in self.all("h1", "h2", "h3", "h4", "legend", "label"):
            if not (node.words.strip() or node.holds):
                yield f"an empty <{node.tag}>"

    def _form_faults(self) -> Iterator[str]:
        for form in self.forms:
            names = {one.has.get("name") for one in form.fields}
            if form.method == "post" and "csrfmiddlewaretoken" not in names:
                yield f"the form to {form.action!r} has no token"
            if form.typed_in() and "novalidate" not in form.has:
                yield f"the form to {form.action!r} lets the browser speak its own errors (no novalidate)"
            if form.typed_in() and not form.buttons:
                yield f"the form to {form.action!r} has no button"

    def _bad_words(self) -> Iterator[str]:
        for text in self.texts:
            yield from _bad_in(text)


@cache  # most of a page stands on every page
def _bad_in(text: str) -> tuple[str, ...]:
    kinds = ((LEFTOVER, "a leftover of the program"), (HURTFUL, "a word that hurts"))
    found = ((why, pattern.search(text)) for pattern, why in (*kinds, (OUR_OWN_WORDS, "a word of the code")))
    return tuple(
        f"{why}: {word.group(0)!r} in “{text[max(0, word.start() - 40) : word.end() + 40]}”"
        for why, word in found
        if word
    )
