"""Where the registers are: a page that says what there is, and each register as JSON, CSV or Atom."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from alongside.interfaces.open_data.register import register, registers
from alongside.interfaces.open_data.writing import atom, csv_lines
from alongside.interfaces.page import render
from alongside.interfaces.refusals import only_known, problem_of
from alongside.kernel import clock, reading
from alongside.kernel.command import Missing, Refused
from alongside.kernel.packfile import RuleError

MOST_NEWS = 50


@require_safe
def registers_page(request: HttpRequest) -> HttpResponseBase:
    """What anybody may take away."""
    shown = [
        {
            "register": one,
            "title": str(one.title),
            "json": reverse("open_json", args=[one.name]),
            "csv": reverse("open_csv", args=[one.name]),
            "atom": reverse("open_atom", args=[one.name]) if one.news else "",
        }
        for one in registers()
    ]
    return render(request, "open_data.html", {"registers": shown})


@require_safe
def json_view(request: HttpRequest, name: str) -> HttpResponseBase:
    """One page of a register. `cursor` is the `next` of the page before, `limit` at most 200."""

    def answer() -> HttpResponseBase:
        found = register(name)
        try:
            limit = int(request.GET.get("limit", "50"))
        except ValueError:
            limit = 0
        page = found.page(request.GET.get("cursor"), limit)
        columns = {column.name: str(column.says) for column in found.columns}
        told = {"register": found.name, "place": settings.PLACE_NAME, "columns": columns, **page}
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})

    return _open(request, name, answer, known=("cursor", "limit"))


@require_safe
def csv_view(request: HttpRequest, name: str) -> HttpResponseBase:
    """A whole register as CSV."""

    def answer() -> HttpResponseBase:
        lines = csv_lines(register(name))
        made = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        made["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return made

    return _open(request, name, answer)


@require_safe
def atom_view(request: HttpRequest, name: str) -> HttpResponseBase:
    """What changed last in a register, as a feed."""

    def answer() -> HttpResponseBase:
        found = register(name)
        news = found.newest(MOST_NEWS)
        text = atom(
            title=f"{settings.PLACE_NAME}: {found.title}",
            here=request.build_absolute_uri(request.path),
            site=request.build_absolute_uri("/"),
            news=news,
            moments=reading.moments({one.number for one in news}),
            language=get_language() or "en",
        )
        return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")

    return _open(request, name, answer, is_news=True)


def _open(
    request: HttpRequest,
    name: str,
    answer: Callable[[], HttpResponseBase],
    *,
    known: tuple[str, ...] = (),
    is_news: bool = False,
) -> HttpResponseBase:
    """For any program on any page: no key, no cookie; 304 where nothing in the record has changed since. What
    is not there, and a question that nobody knows, are refused before that.

    The day is in it too: a permission lapses, and words come to be shown, on a day and by no entry.
    """
    etag = f'W/"{reading.last_number()}-{clock.today().isoformat()}-{get_language()}"'
    try:
        if register(name).news is None and is_news:
            raise Missing
        only_known(request, known)
        made: HttpResponseBase = get_conditional_response(request, etag=etag) or answer()
    except (Missing, Refused, RuleError) as wrong:
        return problem_of(request, wrong)
    made["ETag"] = etag
    made["Access-Control-Allow-Origin"] = "*"
    made["Cache-Control"] = "public, max-age=0, must-revalidate"
    return made


def urls() -> list[URLPattern]:
    return [
        path("open-data/", registers_page, name="open_data"),
        path("open-data/<slug:name>.json", json_view, name="open_json"),
        path("open-data/<slug:name>.csv", csv_view, name="open_csv"),
        path("open-data/<slug:name>.atom", atom_view, name="open_atom"),
    ]
