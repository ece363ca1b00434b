"""Walking through a site as each of its visitors: which pages there are, found by following every link.

Pages come over plain HTTP, with no browser and no script, so all that is found here works without either.
A page is kept once for each state: the same address pattern, with the same parts on it.
"""

import http.client
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations_with_replacement
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver
from django.urls.resolvers import RegexPattern

from tests.browser.reading import Form, Page
from tests.serving import surroundings

ADDRESSES = "alongside.addresses"
MOST_OF_ONE_KIND = 5  # pages of one address pattern that one visitor opens
MOST_OF_DECISIONS = 24  # decisions have the most states
NEVER_FOLLOWED = ("account_logout", "account_reauthenticate", "letter_code_given", "one_tap")
NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Where:
    """One page as one visitor sees it."""

    visitor: str
    path: str  # with its query
    route: str
    title: str = ""

    def __str__(self) -> str:
        return f"{self.path} as {self.visitor or 'a visitor'}"


@dataclass
class Walk:
    """What was found: the distinct pages, and all that was wrong on the way."""

    address: str
    cookies: dict[str, str]
    pages: dict[tuple[str, frozenset[str]], Where] = field(default_factory=dict)
    forms: dict[tuple[str, tuple[str, ...]], tuple[Where, Form]] = field(default_factory=dict)
    problems: Counter[str] = field(default_factory=Counter)
    first_seen: dict[str, Where] = field(default_factory=dict)
    opened: int = 0
    routes: set[str] = field(default_factory=set)
    texts: dict[str, Where] = field(default_factory=dict)
    numbers: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def one_of_each_route(self) -> list[Where]:
        """The first page of each address pattern, and for forms one of each template."""
        found: dict[str, Where] = {}
        for (route, _shape), where in self.pages.items():
            found.setdefault(route, where)
        return list(found.values())

    def where_parts_differ(self) -> list[Where]:
        """So few pages that each part, and each two parts that ever stand together, are among them.

        What a browser finds wrong lies in a part or between two parts; a page that adds neither would only be
        the same look again. Each address pattern is gone through by itself.
        """
        rooms: defaultdict[str, dict[frozenset[str], Where]] = defaultdict(dict)
        for (route, shape), where in self.pages.items():
            rooms[route][shape] = where
        return [where for shapes in rooms.values() for where in _fewest(shapes)]

    def say(self, problem: str, where: Where) -> None:
        self.problems[problem] += 1
        self.first_seen.setdefault(problem, where)

    def report(self) -> list[str]:
        return [
            f"{self.first_seen[problem]}: {problem}" + (f" (and {times - 1} more)" if times > 1 else "")
            for problem, times in sorted(self.problems.items())
        ]


def _fewest(shapes: dict[frozenset[str], Where]) -> Iterator[Where]:
    """The page with the most that no page before it had, again and again, until there is nothing new."""
    new = {shape: set(combinations_with_replacement(sorted(shape), 2)) for shape in shapes}
    while new:
        shape = max(new, key=lambda one: len(new[one]))
        seen = new.pop(shape)
        yield shapes[shape]
        new = {other: pairs - seen for other, pairs in new.items() if pairs - seen}


class Visitor:
    """Somebody who asks for pages, with their cookies."""

    def __init__(self, address: str, session: str = "") -> None:
        self.host = urlsplit(address).netloc
        self.connection = http.client.HTTPConnection(self.host, timeout=60)
        self.cookies = {"sessionid": session} if session else {}

    def asks(
        self, path: str, sent: Iterable[tuple[str, str]] | None = None
    ) -> tuple[int, dict[str, str], str]:
        """Ask for a page, or send a form: the status, the headers and the words."""
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept": "text/html",
        }
        body = None
        if sent is not None:
            body = urlencode(list(sent))
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://{self.host}{path}",
            }
        try:
            self.connection.request("GET" if body is None else "POST", path, body, headers)
            answer = self.connection.getresponse()
        except (http.client.HTTPException, ConnectionError):
            self.connection.close()  # the server ended a line kept open too long
            self.connection.request("GET" if body is None else "POST", path, body, headers)
            answer = self.connection.getresponse()
        words = answer.read().decode("utf-8", "replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _equals, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, words


def let_in(home: Path, names: Iterable[str]) -> dict[str, str]:
    """A cookie for each of these people, by first name."""
    words = [sys.executable, "-m", "tests.browser.entrance", *names]
    ran = subprocess.run(words, cwd=ROOT, env=surroundings(home), capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(ran.stdout)
    return found


@cache
def route_of(path: str) -> str:
    """The name of the address pattern that answers this path; the kind of form too, for forms."""
    try:
        match = URLResolver(RegexPattern(r"^/"), ADDRESSES).resolve(path)
    except Resolver404:
        return ""
    return f"do:{match.kwargs['kind']}" if match.view_name == "do" else match.view_name


def every_route() -> dict[str, str]:
    """Each named address pattern of the site, with the pattern. What programs read (the API) is no page."""
    return dict(_routes(URLResolver(RegexPattern(r"^/"), ADDRESSES), (), ""))


def _routes(resolver: URLResolver, spaces: tuple[str, ...], before: str) -> Iterator[tuple[str, str]]:
    for each in resolver.url_patterns:
        pattern = before + str(each.pattern)
        if isinstance(each, URLResolver):
            if each.namespace != "api":
                yield from _routes(each, (*spaces, each.namespace) if each.namespace else spaces, pattern)
        elif isinstance(each, URLPattern) and each.name:
            yield ":".join([*spaces, each.name]), pattern


def walk(
    address: str, cookies: dict[str, str], visitors: Iterable[str], theirs_alone: Mapping[str, str]
) -> Walk:
    """Open the front page as each visitor and follow every link and every form that only asks.

    Then come the pages whose address names nothing, which a visitor could type, linked to or not.
    """
    found = Walk(address, cookies)
    starts = [f"/{pattern}" for name, pattern in every_route().items() if "<" not in pattern]
    for visitor in visitors:
        _walk_as(found, visitor, ["/", *starts])
    for visitor, path in theirs_alone.items():
        asker = Visitor(address, cookies.get(visitor, ""))
        _open(found, asker, Where(visitor, path, route_of(path)), "")
        asker.connection.close()
    _try_what_nobody_linked_to(found)
    return found


def _try_what_nobody_linked_to(found: Walk) -> None:
    """Pages that only some things link to, such as a decision with very many views: try any thing."""
    for name, pattern in every_route().items():
        room = name.partition(":")[0]
        if name in found.routes or pattern.count("<") != 1 or "<uuid:pk>" not in pattern:
            continue
        for visitor, number in found.numbers.get(room, [])[:MOST_OF_DECISIONS]:
            path = "/" + pattern.replace("<uuid:pk>", number)
            asker = Visitor(found.address, found.cookies.get(visitor, ""))
            page, _status = _open(found, asker, Where(visitor, path, name), "")
            asker.connection.close()
            if page is not None:
                break


def _walk_as(found: Walk, visitor: str, starts: list[str]) -> None:
    asker = Visitor(found.address, found.cookies.get(visitor, ""))
    waiting = deque((path, "") for path in starts)
    seen: set[str] = set()
    times: Counter[str] = Counter()
    refused: dict[
        str, int
    ] = {}  # what the visitor came to by typing, and may not open: no link may lead there
    while waiting:
        path, linked_from = waiting.popleft()
        route = route_of(urlsplit(path).path)
        sort = _sort(path, route)
        if linked_from and sort in refused:
            where = Where(visitor, path, route)
            found.say(f"a link leads to a page that answers {refused.pop(sort)} (from {linked_from})", where)
        most = MOST_OF_DECISIONS if route == "decisions:decision" else MOST_OF_ONE_KIND
        if sort in seen or route in NEVER_FOLLOWED or times[route] >= most:
            continue
        seen.add(sort)
        times[route] += 1
        page, status = _open(found, asker, Where(visitor, path, route), linked_from)
        if status >= 400 and not linked_from:
            refused[sort] = status
        if page is not None:
            waiting.extend((there, path) for there in _ways_on(page, path))
    asker.connection.close()


def _sort(path: str, route: str) -> str:
    """Forms that differ only in what they are about are one; other pages are told apart by their address."""
    split = urlsplit(path)
    if route.startswith("do:"):
        return route + "?" + "&".join(sorted({name for name, _value in parse_qsl(split.query)} - {"next"}))
    names = "&".join(f"{name}={value}" for name, value in parse_qsl(split.query) if name != "next")
    return f"{split.path}?{names}"


def _open(found: Walk, asker: Visitor, where: Where, linked_from: str) -> tuple[Page | None, int]:
    """The page, where there is one to read on, and what was answered."""
    status, headers, words = asker.asks(where.path)
    found.opened += 1
    if status in (301, 302, 303, 307):
        found.routes.add(where.route)
        there = headers.get("location", "")
        return (_only_leading_to(there) if there.startswith("/") else None), status
    if status >= 400:
        if linked_from or status >= 500:
            found.say(f"a link leads to a page that answers {status} (from {linked_from})", where)
        return None, status
    found.routes.add(where.route)
    number = NUMBER.search(urlsplit(where.path).path)
    if number:
        found.numbers.setdefault(where.route.partition(":")[0], []).append((where.visitor, number.group(0)))
    if "text/html" not in headers.get("content-type", ""):
        return None, status
    page = Page(words)
    where = Where(where.visitor, where.path, where.route, page.heading)
    for problem in page.problems():
        found.say(problem, where)
    for text in page.texts:
        found.texts.setdefault(text, where)
    key = (
        where.route.partition(":")[0] if where.route.startswith("do:") else where.route,
        frozenset(page.shape),
    )
    found.pages.setdefault(key, where)
    for form in page.forms:
        if form.method == "post" and form.typed_in():
            goes = route_of(urlsplit(urljoin(where.path, form.action)).path)
            fields = tuple(sorted({one.has.get("name", "") for one in form.typed_in()}))
            found.forms.setdefault((goes, fields), (where, form))
    return page, status


def _only_leading_to(there: str) -> Page:
    page = Page("")
    page.handle_starttag("a", [("href", there)])
    return page


def _ways_on(page: Page, path: str) -> Iterator[str]:
    """Where this page leads on this site: its links, and its forms that only ask."""
    for node in page.all("a"):
        there = urljoin(path, node.has.get("href", "")).partition("#")[0]
        if there.startswith("/") and not there.startswith("//") and "download" not in node.has:
            yield there
    for form in page.forms:
        if form.method == "get":
            yield urljoin(path, form.action or path).partition("?")[0] + "?" + urlencode(form.untouched())
