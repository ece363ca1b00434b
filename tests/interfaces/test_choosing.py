"""One name of many is found by a part of it: nothing typed is lost, and nothing hidden is found."""

import re
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.interfaces.asking import askable
from alongside.interfaces.choosing import MANY, MOST_FOUND, Found, found_among
from alongside.interfaces.form import CommandForm
from alongside.interfaces.form_fields import _offered as offered_to
from alongside.interfaces.form_look import Choice
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.letters import plain_letters
from alongside.topics.decisions.models import Decision
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import GivePost
from alongside.topics.people.models import Link, LinkKind
from alongside.topics.people.policy import name_of
from alongside.topics.promises.commands import HandOverPromise, MakePromise
from tests.interfaces.conftest import browser_of
from tests.world import BUILDER, Cast

pytestmark = pytest.mark.django_db
FORM = "/do/decisions.raised"  # of those in whose life the reader may raise something
OF_ALL = "/do/promises.made"  # of all whom the reader may know of


def added(cast: Cast, name: str, *, by: Any = None) -> UUID:
    """Somebody whom Ken's team supports, and Ken may know of."""
    return do(AddPerson(organisation=cast.council, name=name, team=cast.east), by=by or cast.ken).thing


@pytest.fixture
def crowd(cast: Cast) -> dict[str, UUID]:
    names = ["Siân Gruffydd", "Ŵyn Prŷs", "Seán O’Brien", "Zoë van der Berg", "Ann Price", "Ann Price"]
    names += [f"Person {number:02}" for number in range(14)]
    found: dict[str, UUID] = {}
    for name in names:
        found[name if name not in found else f"{name} (2)"] = added(cast, name)
    return found


def asked(client: Client, part: str, *, which: str = "person", form: str = FORM, **typed: Any) -> Any:
    return client.post(form, {**typed, "choose_which": which, "choose_part": part, "choose_find": "yes"})


def offered(page: str) -> list[str]:
    """The names that the step offers."""
    return re.findall(
        r'<label class="govuk-label govuk-(?:radios|checkboxes)__label" for="found_\d+">([^<]+)', page
    )


def test_a_part_of_the_name_is_enough_whatever_the_accents(cast: Cast, crowd: dict[str, UUID]) -> None:
    ken = browser_of(cast.ken)
    for part, name in (
        ("Sian", "Siân Gruffydd"),
        ("sIÂN", "Siân Gruffydd"),
        ("gruff", "Siân Gruffydd"),
        ("wyn prys", "Ŵyn Prŷs"),
        ("prys wyn", "Ŵyn Prŷs"),
        ("obrien", "Seán O’Brien"),
        ("O'Brien", "Seán O’Brien"),
        ("zoe", "Zoë van der Berg"),
    ):
        page = asked(ken, part).content.decode()
        assert [one.replace("&#x27;", "’") for one in offered(page)] == [name], part


def test_what_was_typed_is_kept_through_the_step_and_back(cast: Cast, crowd: dict[str, UUID]) -> None:
    ken = browser_of(cast.ken)
    page = ken.get(FORM).content.decode()
    assert "<select" in page and str(crowd["Siân Gruffydd"]) not in page  # no long list of people
    key = re.search(r'name="form_key" value="([^"]+)"', page)
    assert key is not None
    typed = {"what": "A new “plan” & more", "change": "start", "why": "Because <so>", "form_key": key[1]}
    first = ken.post(FORM, {**typed, "choose_which": "person"})
    assert first.status_code == 200 and "Whose life is it about?" in first.content.decode()
    step = asked(ken, "sian", **typed).content.decode()
    for value in ("A new “plan” &amp; more", "Because &lt;so&gt;", key[1]):
        assert f'value="{value}"' in step
    chosen = {"choose_which": "person", "choose_chosen": str(crowd["Siân Gruffydd"]), "choose_done": "one"}
    back = ken.post(FORM, {**typed, **chosen, "choose_part": "sian"})
    form = back.content.decode()
    assert back.status_code == 200 and "<strong>Siân Gruffydd</strong>" in form
    assert 'class="errors"' not in form and 'role="alert"' not in form
    assert 'value="A new “plan” &amp; more"' in form and "Because &lt;so&gt;" in form
    assert key[1] in form and '<option value="start" selected' in form
    assert Decision.everything.filter(person=crowd["Siân Gruffydd"]).count() == 0  # nothing is done yet
    done = ken.post(FORM, {**typed, "person": str(crowd["Siân Gruffydd"])})
    assert done.status_code == 303
    assert Decision.everything.filter(person=crowd["Siân Gruffydd"]).count() == 1


def test_going_back_and_leaving_it_blank_change_nothing_else(cast: Cast, crowd: dict[str, UUID]) -> None:
    ken, form = browser_of(cast.ken), "/do/promises.made"
    first, other = str(crowd["Siân Gruffydd"]), str(crowd["Zoë van der Berg"])
    typed = {"what": "A ramp", "person": first, "choose_which": "person"}
    back = ken.post(form, {**typed, "choose_chosen": other, "choose_back": "yes"}).content.decode()
    assert "<strong>Siân Gruffydd</strong>" in back and "A ramp" in back
    another = ken.post(form, {**typed, "choose_chosen": other, "choose_done": "one"}).content.decode()
    assert "<strong>Zoë van der Berg</strong>" in another and "Siân" not in another
    blank = ken.post(form, {**typed, "choose_none": "yes"}).content.decode()
    assert "Siân" not in blank and "A ramp" in blank


def test_several_are_found_one_after_another(cast: Cast, crowd: dict[str, UUID]) -> None:
    ken, form = browser_of(cast.ken), "/do/decisions.people_listed"
    first, second = str(crowd["Siân Gruffydd"]), str(crowd["Zoë van der Berg"])
    step = asked(ken, "zoe", which="people", form=form, people=[first]).content.decode()
    assert 'type="checkbox"' in step and offered(step) == ["Zoë van der Berg"]
    sent = {"people": [first], "choose_which": "people", "choose_chosen": [second, first]}
    page = ken.post(form, {**sent, "choose_done": "several"}).content.decode()
    ticked = re.findall(r'type="checkbox" name="people" value="([^"]+)"[^>]* checked', page)
    assert ticked == [first, second]


def test_there_are_never_more_than_about_ten_and_the_page_says_so(cast: Cast, crowd: dict[str, UUID]) -> None:
    page = asked(browser_of(cast.ken), "person").content.decode()
    assert len(offered(page)) == MOST_FOUND and "type more of the name" in page
    nothing = asked(browser_of(cast.ken), "qqq").content.decode()
    assert offered(nothing) == [] and "We found nothing by that name that you can choose" in nothing
    assert offered(asked(browser_of(cast.ken), "").content.decode()) == []


def test_two_of_one_name_are_told_apart_by_their_work_and_nothing_that_gives_them_away(
    cast: Cast, crowd: dict[str, UUID]
) -> None:
    page = asked(browser_of(cast.ken), "priya", form=OF_ALL).content.decode()
    [name] = offered(page)
    hint = re.search(r'id="found_0_hint">([^<]+)<', page)
    assert name.startswith("Priya") and hint is not None and "East" in hint[1]
    twice = asked(browser_of(cast.ken), "ann price").content.decode()
    assert offered(twice) == ["Ann Price", "Ann Price"] and twice.count("Written down here on") == 2
    for given_away in ("draws on", "address", "support need", "large print", "East"):
        assert given_away not in twice.partition('class="govuk-fieldset"')[2].partition("</fieldset>")[0]


def test_in_a_short_list_two_of_one_name_carry_what_tells_them_apart(cast: Cast) -> None:
    """Two of one name in one team differ by their team and the day they were written down; and by no more."""
    given = {"organisation": cast.council, "kind": LinkKind.PRACTITIONER, "team": cast.east}
    for day in ("2026-02-02", "2026-02-20"):
        with clock.at(day):
            person = do(AddPerson(organisation=cast.council, name="Priya Shah"), by=BUILDER).thing
            do(GivePost(person=person, **given), by=BUILDER)
    team = {row.person for row in Link.everything.filter(team=cast.east, other=None)}
    shape = HandOverPromise.shapes["owned_by"]
    pairs = [(one, name_of(one)) for one in sorted(team)]
    words = [words for _one, words in offered_to(HandOverPromise, shape, cast.ken, pairs, {})]
    assert "Priya Shah (East team. Written down here on 2 February 2026)" in words
    assert "Priya Shah (East team. Written down here on 20 February 2026)" in words
    assert [one for one in words if one.startswith("Ken")] == [name_of(cast.ken.person)], "nobody shares his"


def test_whoever_answers_for_a_promise_now_is_not_offered_to_take_it_over(cast: Cast) -> None:
    made = MakePromise(
        organisation=cast.council, person=cast.rosa.person, what="A ramp", due_on=clock.today()
    )
    promise = do(made, by=cast.ken).thing
    form = f"/do/promises.handed_over?promise={promise}"

    def found(part: str) -> list[str]:
        step = asked(browser_of(cast.ken), part, which="owned_by", form=form, promise=promise)
        return offered(step.content.decode())

    kens, priyas = name_of(cast.ken.person), name_of(cast.priya.person)
    assert (found("ken"), found("priya")) == ([], [priyas])
    do(HandOverPromise(promise=promise, owned_by=cast.priya.person, why="Leave."), by=cast.ken)
    assert (found("ken"), found("priya")) == ([kens], [])


# What is not for the reader -----------------------------------------------------------------------


def masked(page: str) -> str:
    """The page without what is drawn anew each time."""
    return re.sub(r'(name="(?:csrfmiddlewaretoken|form_key)" value=")[^"]*', r"\1", page)


def test_a_hidden_name_is_as_one_that_does_not_exist(cast: Cast, crowd: dict[str, UUID]) -> None:
    """Sight is the form's own: whoever is not offered is not found, by name or by number, in the same way."""
    hidden = do(AddPerson(organisation=cast.ulo, name="Quentin Hidden"), by=cast.ana).thing
    ken = browser_of(cast.ken)
    asked(ken, "warm")
    answers = []
    for part in ("Quentin", "Xuentin"):  # one is on record elsewhere, one is nowhere
        with CaptureQueriesContext(connection) as asked_of_it:
            answer = asked(ken, part, what="A plan")
        answers.append(
            (answer.status_code, masked(answer.content.decode()).replace(part, "…"), len(asked_of_it))
        )
    assert answers[0] == answers[1]
    ana = asked(browser_of(cast.ana), "quentin")
    assert ana.status_code in (200, 403)  # whoever added them is not kept from them by this
    for number in (hidden, UUID(int=7)):
        typed = {"what": "A plan", "change": "start", "person": str(number)}
        assert ken.post(FORM, typed).status_code == 422
        sent = {**typed, "choose_which": "person", "choose_chosen": str(number), "choose_done": "one"}
        page = ken.post(FORM, sent).content.decode()
        assert "<strong>" not in page.partition('id="id_person"')[2].partition("</div>")[0]


@pytest.mark.sqlite
def test_how_long_a_search_takes_does_not_tell_a_hidden_name(cast: Cast, crowd: dict[str, UUID]) -> None:
    do(AddPerson(organisation=cast.ulo, name="Quentin Hidden"), by=cast.ana)
    ken = browser_of(cast.ken)
    took: dict[str, list[float]] = {"Quentin": [], "Xuentin": []}
    asked(ken, "warm")
    for _turn in range(15):
        for part, times in took.items():
            began = perf_counter()
            asked(ken, part)
            times.append(perf_counter() - began)
    there, nowhere = (median(times) for times in took.values())
    assert 0.5 < there / nowhere < 2


def test_each_reader_finds_only_those_they_may_know_of(cast: Cast, crowd: dict[str, UUID]) -> None:
    """For everyone, the step finds none but the form's own names."""
    made = next(one for one in askable() if one.records == "promises.made")
    for actor in (cast.ken, cast.priya, cast.june):
        field = CommandForm(made, actor).fields["person"]
        assert isinstance(field, forms.ChoiceField) and isinstance(field.widget, Found)
        choices: Any = field.choices
        theirs = {str(words) for _value, words in choices}
        page = asked(browser_of(actor), "e", form=OF_ALL).content.decode()
        assert set(offered(page)) <= {one.replace("’", "’") for one in theirs}
    for outsider in (cast.stranger, cast.victor, cast.rosa):
        assert not isinstance(CommandForm(made, outsider).fields["person"].widget, Found)


# Which forms --------------------------------------------------------------------------------------


def test_no_form_lists_more_than_twelve_names_and_short_lists_stay(
    cast: Cast, crowd: dict[str, UUID]
) -> None:
    long, found, short = [], 0, 0
    for command in askable():
        form = CommandForm(command, cast.ken)
        for name, shape in command.shapes.items():
            field = form.fields.get(name)
            if shape.kind not in ("own", "ref") or not isinstance(field, forms.ChoiceField):
                continue
            choices: Any = field.choices
            count = len(list(choices))
            if isinstance(field.widget, Found):
                found += 1
                assert count > MANY, (command.records, name)
            elif count > MANY + 1:  # one more for “Choose one”
                long.append((command.records, name, count))
            else:
                short += 1
    assert long == []
    assert found > 20 and short > 20


def test_whoever_types_for_many_finds_them_in_the_same_way(cast: Cast) -> None:
    for number in range(MANY + 2):
        name = f"Lluïsa {number:02}"
        do(AddPerson(organisation=cast.council, name=name, team=cast.duty), by=cast.dee)
    form = "/do/decisions.raised"
    page = browser_of(cast.dee).get(form).content.decode()
    assert 'name="choose_which" value="typed_for"' in page and "No, this is mine" in page
    step = asked(browser_of(cast.dee), "lluisa 03", which="typed_for", form=form).content.decode()
    assert offered(step) == ["Lluïsa 03"]


def test_the_enter_key_sends_the_form_and_does_not_begin_to_choose(
    cast: Cast, crowd: dict[str, UUID]
) -> None:
    page = browser_of(cast.ken).get(FORM).content.decode()
    form = page[page.index('<form method="post"', page.index("<main")) :]
    first = re.search(r"<button[^>]*>", form)
    assert first is not None and "choose_which" not in first[0] and 'tabindex="-1"' in first[0]


def test_letters_are_compared_plainly() -> None:
    for one, other in (("Siân", "sian"), ("O’Brien", "OBRIEN"), ("Ŷ ŵ", "y w"), ("Anna-Lena", "anna lena")):
        assert plain_letters(one) == plain_letters(other)
    pairs = [("1", "Mary Ann"), ("2", Choice("Ann", "a hint")), ("", "Choose one")]
    assert [value for value, _words in found_among(pairs, "ann")] == ["1", "2"]
    assert found_among(pairs, "choose") == []


def test_somebody_is_found_without_accents_on_the_page_that_finds_people_too(
    cast: Cast, crowd: dict[str, UUID]
) -> None:
    ken = browser_of(cast.ken)
    assert "Siân Gruffydd" in ken.get("/people/?q=sian").content.decode()
    assert "Siân Gruffydd" in ken.get("/people/?q=Siân").content.decode()
    assert ken.get("/api/people/find?q=sian").json()["items"] == [
        {"id": str(crowd["Siân Gruffydd"]), "name": "Siân Gruffydd"}
    ]
