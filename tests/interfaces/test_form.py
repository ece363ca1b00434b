"""The form made from a command: asks what is asked, keeps what was typed, is one act however often sent."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory

from alongside.interfaces.acting import address_of
from alongside.interfaces.asking import askable, body_of
from alongside.interfaces.form import FOR, HOW, CommandForm
from alongside.kernel import reading
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.how_often import SetHowOftenWeAsk
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.kernel.toy.commands import Plant
from tests.kernel.toy.models import Bed
from tests.kernel.toy.models import Plant as PlantRow
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]  # on PostgreSQL test_routes opens each form
GARDENER = Actor(person=uuid4())
NEIGHBOUR = Actor(person=uuid4())


def key_in(page: Any) -> str:
    found = re.search(r'name="form_key" value="([^"]+)"', page.content.decode())
    assert found
    return found.group(1)


def a_plant(by: Actor = GARDENER) -> UUID:
    return do(Plant(note="a pear"), by=by).thing


def test_the_form_asks_in_the_commands_words_and_says_who_uses_the_answer() -> None:
    page = browser_of(GARDENER).get("/do/toy.laid").content.decode()
    assert "<h1>Lay a bed</h1>" in page
    assert "How many plants?" in page and "to stop the bed filling up" in page


def test_what_was_typed_is_kept_when_something_must_be_changed() -> None:
    plant = a_plant()
    answer = browser_of(GARDENER).post(
        f"/do/toy.watered?plant={plant}", {"plant": plant, "litres": "lots", "note": "by the wall"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="lots"' in page and "by the wall" in page
    assert '<a href="#id_litres">How much? Type a whole number, like 12.</a>' in page
    assert "<title>Error: " in page


def test_the_list_of_what_is_wrong_names_each_question(cast: Cast) -> None:
    """Read aloud, it was “Choose one answer.” and “Write your answer here.”, and not to what."""
    page = browser_of(cast.rosa).post("/do/decisions.problem_raised", {"standing": ""}).content.decode()
    listed = page.partition("govuk-error-summary")[2].partition("</ul>")[0]
    said = re.findall(r'<a href="#[^"]+">([^<]+)</a>', listed)
    assert "What is it about? Choose one answer." in said
    assert len(said) == len(set(said)) >= 3 and all(one.count(" ") > 3 for one in said)


def test_what_no_other_answer_would_change_is_not_called_a_slip_in_the_form(cast: Cast) -> None:
    """“Something needs changing” stood above “Rosa has not answered”: what had Ken typed wrong?"""
    matter = acts.raised(cast.ken, cast.rosa)
    sent = {"decision": matter, "outcome": "agreed", "reasons": "The budget is smaller."}
    page = browser_of(cast.ken).post(f"/do/decisions.decided?decision={matter}", sent).content.decode()
    assert '<h2 id="what-is-wrong">This cannot be done yet</h2>' in page and "has not answered" in page
    left_blank = browser_of(cast.ken).post(f"/do/decisions.decided?decision={matter}", {"decision": matter})
    assert '<h2 id="what-is-wrong">Something needs changing</h2>' in left_blank.content.decode()


def test_nobody_must_press_the_one_answer_there_is(cast: Cast) -> None:
    """A worried visitor had to choose “Wexmoor Council” of one, and was refused where they had not."""
    page = browser_of().get("/do/decisions.concern_raised").content.decode()
    councils = re.findall(r'<input[^>]+name="organisation"[^>]*>', page)
    assert len(councils) == 1 and "checked" in councils[0]
    several = browser_of(cast.rosa).get("/do/decisions.place_raised").content.decode()
    choices = re.findall(r'<input[^>]+name="organisation"[^>]*>', several)
    assert len(choices) > 1 and not any("checked" in one for one in choices), "who chooses, chooses themself"


def test_an_objection_stands_beside_its_question() -> None:
    plant = a_plant()
    answer = browser_of(GARDENER).post(f"/do/toy.watered?plant={plant}", {"plant": plant, "litres": "11"})
    assert answer.status_code == 422
    assert (
        '<a href="#id_litres">How much? That is too much. Wait until it is dry.</a>'
        in answer.content.decode()
    )


def test_a_double_click_is_one_act() -> None:
    gardener = browser_of(GARDENER)
    sent = {"room": "5", "form_key": key_in(gardener.get("/do/toy.laid"))}
    assert [gardener.post("/do/toy.laid", sent).status_code for _ in range(2)] == [303, 303]
    assert Bed.objects.seen_by(GARDENER).count() == 1


def test_the_same_form_with_other_words_is_refused() -> None:
    gardener = browser_of(GARDENER)
    key = key_in(gardener.get("/do/toy.laid"))
    gardener.post("/do/toy.laid", {"room": "5", "form_key": key})
    answer = gardener.post("/do/toy.laid", {"room": "6", "form_key": key})
    assert answer.status_code == 422 and "sent this form before" in answer.content.decode()


def test_you_are_led_to_the_page_you_came_from_and_never_to_another_site() -> None:
    gardener = browser_of(GARDENER)
    assert gardener.post("/do/toy.laid?next=/look/", {"room": "1", "next": "/look/"})["Location"] == "/look/"
    for bad in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        assert gardener.post("/do/toy.laid", {"room": "1", "next": bad})["Location"] == "/"


def test_a_thing_named_in_the_address_is_hidden_and_words_named_there_are_shown() -> None:
    plant = a_plant()
    page = browser_of(GARDENER).get(address_of("toy.watered", plant=plant, note="not mine")).content.decode()
    assert re.search(rf'type="hidden" name="plant" value="{plant}"', page)
    assert re.search(r"<textarea[^>]*>\s*not mine</textarea>", page), "nobody sends words they cannot see"


def test_a_stranger_gets_the_same_page_as_for_a_thing_that_is_not_there() -> None:
    plant = a_plant()
    pages = [
        browser_of(NEIGHBOUR).post(f"/do/toy.watered?plant={one}", {"plant": one, "litres": "1"})
        for one in (plant, uuid4())
    ]
    assert [page.status_code for page in pages] == [404, 404]
    main = [re.sub(r'value="[^"]{20,}"|next=\S+', "", page.content.decode()) for page in pages]
    assert main[0] == main[1]


def test_what_only_follows_from_something_else_has_no_form() -> None:
    assert browser_of(GARDENER).get("/do/toy.counted").status_code == 404


def test_nobody_signed_in_is_told_who_can() -> None:
    answer = browser_of().post("/do/toy.laid", {"room": "1"})
    assert answer.status_code == 403
    assert "Only someone who has signed in can do this." in answer.content.decode()


def test_who_lacks_only_a_passkey_is_not_told_that_someone_else_can_do_it(cast: Cast) -> None:
    by_code = browser_of(replace(cast.ken, strong=False))
    address = f"/do/decisions.decided?decision={acts.raised(cast.ken, cast.rosa)}"
    page = by_code.get(address)
    shown = page.content.decode()
    assert page.status_code == 403 and "<h1>Sign in with a passkey first</h1>" in shown
    assert "Someone else can do this" not in shown
    assert 'href="/passkeys/"' in shown, "whoever has none must find where to add one"
    assert f'href="/sign-in/again/?next={quote(address, safe="")}"' in shown, (
        "and come back to where they were"
    )


def test_a_form_without_its_token_from_our_page_is_refused() -> None:
    assert browser_of(GARDENER, checks=True).post("/do/toy.laid", {"room": "1"}).status_code == 403


def test_someone_who_came_with_a_code_can_act_on_that_one_matter_only() -> None:
    mine, other = a_plant(), a_plant()
    with_code = browser_of(GARDENER, only=mine)
    statuses = [
        with_code.post(f"/do/toy.watered?plant={plant}", {"plant": plant, "litres": "1"}).status_code
        for plant in (mine, other)
    ]
    assert statuses == [303, 404]


def test_numbers_no_table_can_hold_are_refused_kindly() -> None:
    answer = browser_of(GARDENER).post("/do/toy.laid", {"room": "99999999999999"})
    assert answer.status_code == 422 and "Type a smaller number." in answer.content.decode()


def test_a_small_form_can_stand_in_another_page() -> None:
    plant = a_plant()
    form = CommandForm(body_command("toy.watered"), GARDENER, given={"plant": plant}, ids="one-%s")
    assert form.action == f"/do/toy.watered?plant={plant}"
    assert 'id="one-litres"' in str(form) and "id_litres" not in str(form)


def body_command(kind: str) -> Any:
    return next(command for command in askable() if command.records == kind)


def test_a_worker_types_for_somebody_and_the_record_says_so(cast: Cast) -> None:
    from alongside.topics.people.commands.reaching import SetWayToTell

    assert SetWayToTell.assisted, "the test stands on a command that may be typed for somebody"
    page = browser_of(cast.priya).get(address_of(SetWayToTell.records, person=cast.rosa.person))
    assert "Are you typing this for somebody else?" in page.content.decode()
    assert str(cast.rosa.person) in page.content.decode()
    assert (
        "Are you typing" not in browser_of(cast.stranger).get(f"/do/{SetWayToTell.records}").content.decode()
    )


def test_whoever_types_for_somebody_is_asked_beside_the_question_how_they_said_it(cast: Cast) -> None:
    address = address_of(SetHowOftenWeAsk.records, person=cast.rosa.person)
    sent = {"person": str(cast.rosa.person), "how_often": "weekly", FOR: str(cast.rosa.person)}
    answer = browser_of(cast.priya).post(address, sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors.get(HOW) == ["Say how they told you."]
    assert browser_of(cast.priya).post(address, {**sent, HOW: "phone"}).status_code == 303


def test_templates_have_words_for_buttons_and_small_forms() -> None:
    plant = PlantRow.objects.seen_by(GARDENER).get(pk=a_plant())
    page = Template(
        "{% load acting %}{% action 'toy.watered' plant=plant.pk next='/look/' %}|"
        "{% may 'toy.watered' plant as can %}{{ can }}|{% may 'toy.counted' plant as can %}{{ can }}|"
        "{% command_form 'toy.watered' plant=plant.pk next='/look/' as form %}"
        "{{ form.action }}|{{ form.hidden }}"
    )
    request = RequestFactory().get("/")
    told = []
    for actor in (GARDENER, NEIGHBOUR):
        request.actor = actor  # type: ignore[attr-defined]  # as the middleware does
        told.append(page.render(Context({"request": request, "plant": plant})).split("|"))
    mine, theirs = told
    assert mine[0].startswith(f"/do/toy.watered?plant={plant.pk}&amp;next=")
    assert (mine[1], theirs[1], mine[2]) == ("True", "False", "False")
    assert mine[3] == f"/do/toy.watered?plant={plant.pk}"
    assert f'value="{plant.pk}"' in mine[4] and 'value="/look/"' in mine[4] and "form_key" in mine[4]


# What the house asks of every command that is asked on a page ---------------------------------------


def test_every_command_has_a_form_that_can_be_drawn_for_anyone(cast: Cast) -> None:
    browser = browser_of(cast.ken)
    for command in askable():
        answer = browser.get(f"/do/{command.records}")
        assert answer.status_code in (200, 403), command.records
        assert (answer.status_code == 403) is ("Someone else can do this" in answer.content.decode())
        assert str(CommandForm(command, cast.ken)), command.records


def test_every_required_question_says_who_uses_the_answer_and_for_what() -> None:
    silent = [
        f"{command.records}.{shape.name}"
        for command in askable()
        for shape in command.asked_shapes()
        if shape.required and shape.kind not in ("own", "ref") and not shape.asked.used_for
    ]
    assert not silent, "Give each a used_for=, or a default: " + ", ".join(silent)


def test_every_line_of_plain_words_has_a_limit() -> None:
    endless = [
        f"{command.records}.{shape.name}"
        for command in askable()
        for shape in command.asked_shapes()
        if shape.kind == "plain"
        and shape.inner is str
        and "maxLength" not in str(_schema(command, shape.name))
        and "pattern" not in str(_schema(command, shape.name))
    ]
    assert not endless, "Give each a max_length=, or make it Sealed: " + ", ".join(endless)


def _schema(command: Any, name: str) -> Any:
    return body_of(command).model_json_schema()["properties"][name]


def test_every_form_sent_empty_is_answered_with_what_to_do(cast: Cast) -> None:
    browser = browser_of(cast.ken)
    for command in askable():
        if command.records == "toy.broke":  # made to fail
            continue
        answer = browser.post(f"/do/{command.records}", {})
        assert answer.status_code in (303, 403, 404, 422), command.records


def test_the_who_may_page_lists_every_command() -> None:
    page = Client(HTTP_HOST="localhost").get("/who-may/").content.decode()
    assert all(f"<code>{command.records}</code>" in page for command in askable())
    assert "Only anyone" not in page and "nyone" in page  # what anyone can do is not said to be for some


def test_the_who_may_page_is_short_and_finds_an_act_by_a_word() -> None:
    client = Client(HTTP_HOST="localhost")
    assert "<details open" not in client.get("/who-may/").content.decode().replace(' class="more-about"', "")
    assert "<details open" in client.get("/who-may/?whole").content.decode().replace(
        ' class="more-about"', ""
    )
    found = client.get("/who-may/?q=planted").content.decode()
    assert "<code>toy.planted</code>" in found and found.count("<code>toy.") == 1
    assert "Try another word" in client.get("/who-may/?q=zzzz").content.decode()


def test_an_act_in_an_office_is_recorded_in_it(cast: Cast) -> None:
    answer = browser_of(cast.ken).post("/do/toy.planted", {"note": "a fern"})
    assert answer.status_code == 303
    plant = PlantRow.objects.seen_by(cast.ken).get()
    [line] = reading.history(plant.pk)
    assert line.recorded.office == cast.kens_office
