"""An address with gaps is the one that Django finds, wherever the site is."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import (
    NoReverseMatch,
    URLPattern,
    URLResolver,
    get_resolver,
    path,
    register_converter,
    reverse,
    set_script_prefix,
)
from django.urls.converters import UUIDConverter

from alongside.interfaces.addresses import address


class Upside(UUIDConverter):
    """A converter that writes an id backwards: nothing can be kept of it."""

    regex = "[0-9a-f-]{36}"

    def to_url(self, value: Any) -> str:
        return str(value)[::-1]


register_converter(Upside, "upside")


def nowhere(request: Any, **parts: Any) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("a page for Siân/<uuid:one>/to/<uuid:other>", nowhere, name="two"),
    path("odd/<upside:one>", nowhere, name="odd"),
    path("word/<str:word>/<uuid:one>", nowhere, name="worded"),
    path("plain", nowhere, name="home"),
]


def named(resolver: Any, before: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every page of the site: its name and the kinds of its parts."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from named(each, before + (f"{each.namespace}:" if each.namespace else ""))
        elif isinstance(each, URLPattern) and each.name:
            converters = each.pattern.converters
            yield before + each.name, [type(one).__name__ for one in converters.values()]


def test_every_page_of_the_site_is_where_django_finds_it() -> None:
    asked = 0
    for name, kinds in named(get_resolver()):
        for _ in range(2):  # made, and then kept
            parts: list[Any] = [uuid4() if kind == "UUIDConverter" else "7" for kind in kinds]
            try:
                wanted = reverse(name, args=parts)
            except NoReverseMatch:
                with pytest.raises(NoReverseMatch):
                    address(name, *parts)
                continue
            assert address(name, *parts) == wanted
            asked += 1
    assert asked > 200


def test_another_prefix_and_another_site_have_addresses_of_their_own() -> None:
    here = address("home")
    try:
        set_script_prefix("/under/")
        assert address("home") == reverse("home") == f"/under{here}"
    finally:
        set_script_prefix("/")
    with override_settings(ROOT_URLCONF=__name__):
        assert address("home") == reverse("home") == "/plain"
    assert address("home") == here


@override_settings(ROOT_URLCONF=__name__)
def test_signs_and_odd_ids_are_written_as_django_writes_them() -> None:
    same = uuid4()
    for one, other in ((uuid4(), uuid4()), (same, same), (UUID(int=(0xFE << 96) + 1), uuid4())):
        assert address("two", one, other) == reverse("two", args=[one, other])
        assert address("odd", one) == reverse("odd", args=[one])
        assert address("worded", "a%sb 100%", one) == reverse("worded", args=["a%sb 100%", one])
