"""Nobody reads of themself as of somebody else: on a page about one's own matter the reader is “you”."""

import re

import pytest
from django.utils.translation import override

from alongside.interfaces.wired import wiring
from alongside.kernel import clock
from alongside.kernel.command import COMMANDS
from alongside.kernel.policy import Actor
from alongside.topics.decisions.models import SaysAgreed
from tests.decisions import acts
from tests.decisions.agreed import typed as small_thing
from tests.decisions.seen_outside import ground, matter
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
OF_SOMEBODY = re.compile(r"\b(they|them|their|the person)\b")


def inside(who: Actor, address: str) -> str:
    text = page(who, address)
    return text[text.index("<main") : text.index("</main>")]


def test_a_legal_reason_says_your_advocate_to_whom_it_is_about(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    for address in (f"/decisions/{decision}", f"/decisions/{decision}/law"):
        hers, his = inside(cast.lena, address), inside(cast.ken, address)
        assert "your advocate" in hers and "the person’s advocate" not in hers, address
        assert "the person’s advocate" in his and "your advocate" not in his, address
    law = inside(cast.lena, f"/decisions/{decision}/law")
    assert "In your best interests, because you cannot decide this now" in law
    assert "In the person’s best interests" in inside(cast.ken, f"/decisions/{decision}/law")
    acts.looked(row, cast.mina)
    law = inside(cast.lena, f"/decisions/{decision}/law")
    assert "as your advocate." in law and not re.search(r"\bthe person\b", law)
    assert "What you say still counts." in inside(cast.lena, f"/decisions/{decision}")
    assert "What the person says still counts." in inside(cast.ken, f"/decisions/{decision}")


def test_everything_that_happened_is_told_to_the_reader_as_theirs(cast: Cast) -> None:
    decision = matter(cast)
    ground(decision, cast.ken)
    acts.said(decision, cast.lena, "against", "I stay here.")
    hers = inside(cast.lena, f"/decisions/{decision}/history")
    assert "You said what you think." in hers
    own = inside(cast.lena, f"/people/{cast.lena.person}")
    assert "wrote down a legal reason to go on without your answer." in own
    his = inside(cast.ken, f"/decisions/{decision}/history")
    assert "Lena Fox said what they think." in his and "without the person’s answer" in his


def test_of_what_somebody_typed_for_one_nothing_is_called_by_a_command(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.said(decision, acts.typed_for(cast.rosa, cast.omar), "against", "No.")
    typed = inside(cast.rosa, "/me/typed-for-you")
    assert "You said what you think." in typed and "Say what you think" not in typed


def test_no_act_that_is_typed_for_somebody_speaks_to_them_of_somebody_else() -> None:
    wiring("ASKS")
    typed = {kind: command for kind, command in COMMANDS.items() if command.assisted}
    fields = {"decisions.agreement_answered": {"said": SaysAgreed.YES.value}}
    with override("en"):
        said = {
            kind: str(command.sentence_to(fields.get(kind, {}), did_it=True, is_about=True))
            for kind, command in typed.items()
        }
    assert len(said) > 30
    assert not {kind: words for kind, words in said.items() if OF_SOMEBODY.search(words)}


def test_a_small_thing_that_was_agreed_is_told_as_agreed_with_you(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        small_thing(cast)
        mine = inside(cast.rosa, f"/people/{cast.rosa.person}")
    assert "Priya Nair and you agreed this together." in mine and "and the person agreed" not in mine
