"""What is kept of a rule must mean what the rule means: for every table and every reader."""

from dataclasses import replace
from typing import Any

import pytest
from django.db.models import Exists, OuterRef

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.now import now_tables
from alongside.kernel.policy import NOBODY, Actor
from alongside.topics.decisions import commands, models
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.world import Cast

OURS = [model for model in now_tables() if model._meta.app_label == "decisions"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """A cast with a few matters under way, so that tables hold something to see or not to see."""
    for about in (cast.rosa, cast.lena, cast.ana):
        worker = cast.omar if about is cast.ana else cast.ken
        decision = acts.raised(worker, about, "A change")
        acts.sent(decision, worker)
        view = acts.said(decision, about)
        acts.replied(decision, worker, view.id)
    return cast


def readers(busy: Cast) -> dict[str, Actor]:
    """Everyone; and some who came with a code for one matter, or have a pseudonym."""
    matter = models.Decision.everything.filter(person=busy.rosa.person).first()
    voice = models.View.everything.filter(person=busy.lena.person).first()
    assert matter is not None and voice is not None
    return busy.everyone() | {
        "rosa by code": replace(busy.rosa, only=matter.id, way="code"),
        "lena by a code of rosa's": replace(busy.lena, only=matter.id, way="code"),
        "ana with lena's name": replace(busy.ana, voices=frozenset([voice.person])),
        "ken by another way": replace(busy.ken, way="api", strong=True),
        "nobody": NOBODY,
    }


def test_the_kept_condition_shows_exactly_the_rows_of_the_rule(busy: Cast) -> None:
    now = clock.now()
    for model in OURS:
        for name, actor in readers(busy).items():
            plain = set(model.everything.filter(model.seen_by(actor, now)).values_list("pk", flat=True))
            for _twice in range(2):
                kept = set(model.objects.seen_by(actor, now).values_list("pk", flat=True))
                assert kept == plain, (model.__name__, name)
                assert {row.pk for row in model.objects.seen(actor, at=now)} == plain, (model.__name__, name)


def test_a_row_read_with_a_kept_statement_is_the_row_that_django_reads(busy: Cast) -> None:
    now = clock.now()
    for model in OURS:
        for actor in (busy.ken, busy.rosa, busy.ana):
            plain = model.objects.seen_by(actor, now).order_by("id")
            found = model.objects.seen(actor, "id", at=now)
            for one, other in zip(found, plain, strict=True):
                assert one.__dict__ | {"_state": 0} == other.__dict__ | {"_state": 0}
                assert one == other and one._state.adding is False


def test_it_holds_inside_other_queries_on_the_same_table(busy: Cast) -> None:
    """Django renames a table that stands in a query twice; the condition must follow its own."""
    now = clock.now()
    for name, actor in busy.everyone().items():
        plain = models.View.everything.filter(models.View.seen_by(actor, now))
        kept = models.View.objects.seen_by(actor, now)

        def beside(rows: Any) -> set[Any]:
            same_matter = rows.filter(decision=OuterRef("decision"))
            found = models.View.everything.filter(Exists(same_matter)).exclude(pk__in=rows.values("pk"))
            return set(found.values_list("pk", flat=True)) | set(
                models.View.everything.filter(pk__in=rows.values("pk")).values_list("pk", flat=True)
            )

        assert beside(kept) == beside(plain), name
        assert (kept | kept).count() == plain.count()
        assert kept.exists() == plain.exists()


def test_whoever_has_not_signed_in_is_told_offices_and_nobodys_own_name(cast: Cast) -> None:
    raising = commands.RaiseAboutPlace(organisation=cast.council, what="Open the hall", change="start")
    hall = do(raising, by=cast.ana).thing
    view = commands.GiveViewOnPlace(decision=hall, position="for", words="Yes, on Mondays.")
    do(view, by=cast.lena)
    for address in (f"/decisions/{hall}", f"/decisions/{hall}/views", f"/api/decisions/{hall}"):
        for_all = browser_of(None).get(address).content.decode()
        for_devon = browser_of(cast.devon).get(address).content.decode()
        assert "Yes, on Mondays." in for_all and "Yes, on Mondays." in for_devon
        assert "Lena Fox" not in for_all and str(cast.lena.person) not in for_all
        assert "Lena Fox" in for_devon or str(cast.lena.person) in for_devon
