"""A page with a form for any command, made from its declaration: GET asks, POST does it, then leads on.

A thing named in the address is hidden; words and choices named there are filled in and shown. A form carries
a key of its own, so that a double click or a reload is one act. What was typed is kept when something must
be changed.
"""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alongside.interfaces.acting import address_of, must_be_able
from alongside.interfaces.asking import (
    command_named,
    from_values,
    in_office,
    title_of,
    typing_for,
    ways_of_saying,
)
from alongside.interfaces.choosing import (
    MANY,
    WHICH,
    as_typed,
    fields_to_find,
    is_back,
    is_choosing,
    step,
    to_be_found,
)
from alongside.interfaces.form_fields import field_for, said_to_reader
from alongside.interfaces.form_look import status_for
from alongside.interfaces.not_sent import words_come_back
from alongside.interfaces.page import NOT_YOURS, render
from alongside.interfaces.reading_preferences import EASY, easy
from alongside.interfaces.to_oneself import is_of_another, words_to
from alongside.interfaces.who import actor_of, forget_voices
from alongside.interfaces.wired import may_type_for, names_of, nobody_named
from alongside.kernel.command import Actor, Command, Instead, Missing, Refused, Shape
from alongside.kernel.door import Done, do
from alongside.kernel.fields import as_id
from alongside.kernel.now import Now

KEY, NEXT, FOR, HOW, UNNAMED = "form_key", "next", "typed_for", "typed_how", "without_my_name"
SEE_OTHER = 303


class CommandForm(forms.Form):
    """The questions of one command. `given` are answers the address brought."""

    def __init__(
        self,
        command: type[Command],
        actor: Actor,
        *,
        given: Mapping[str, Any] | None = None,
        sent: QueryDict | None = None,
        kept: QueryDict | None = None,
        after: str = "",
        ids: str = "id_%s",
    ) -> None:
        super().__init__(_with_key(sent), auto_id=ids)
        self.is_kept = kept is not None
        self.command, self.actor, self.given = command, actor, dict(given or {})
        self.to_reader = words_to(command, actor, self.given)
        for shape in command.asked_shapes():
            is_given = shape.inner is UUID and shape.name in self.given  # hidden: nobody can read an id
            field = field_for(command, shape, actor, is_given=is_given, given=self.given)
            self.fields[shape.name] = said_to_reader(field, shape.name, self.to_reader)
            if shape.name in self.given:
                self.initial[shape.name] = self.given[shape.name]
        self._ask_whose_act_it_is()
        hidden = {KEY: secrets.token_urlsafe(16), NEXT: after}
        for name, value in hidden.items():
            self.fields[name] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
            self.initial[name] = value
        self.began = False
        if kept is not None:
            self._show_again(_with_key(kept) or kept)

    def _show_again(self, kept: QueryDict) -> None:
        """What was typed before somebody was chosen, in its place and not judged yet."""
        for name, field in self.fields.items():
            if not field.widget.value_omitted_from_data(kept, {}, name):
                self.initial[name] = field.widget.value_from_datadict(kept, {}, name)

    def _ask_whose_act_it_is(self) -> None:
        if self.command.may_be_anonymous and self.actor.person:
            asks_too = {"is_named", "shown_as"} & self.fields.keys()  # whether it is shown is asked there
            self.fields[UNNAMED] = forms.BooleanField(
                label=_("Lock my name away") if asks_too else _("Do not show my name"),
                help_text=_("We keep your name locked away. Others see only that one person said this."),
                required=False,
            )
        people = may_type_for(self.actor.person) if self.command.assisted and self.actor.person else []
        if not people:
            return
        mine, others = _("No, this is mine"), [(str(one), name) for one, name in people]
        self.fields[FOR] = (
            to_be_found(others, required=False, nothing=mine)
            if len(others) > MANY
            else forms.ChoiceField(choices=[("", mine), *others], required=False)
        )
        self.fields[FOR].label = _("Are you typing this for somebody else?")
        self.fields[FOR].help_text = _("We will tell them, and they can put it right.")
        ways: list[tuple[str, Any]] = [
            ("", _("Choose one, if you type for somebody")),
            *ways_of_saying().items(),
        ]
        self.fields[HOW] = forms.ChoiceField(label=_("How did they tell you?"), choices=ways, required=False)

    def begin(self, typed_for: str) -> None:
        """What stands in the boxes at first: whom it is typed for, where the address says so and the typist
        may; else what this person said here before, so that whoever changes it loses nothing of it."""
        field = self.fields.get(FOR)
        if isinstance(field, forms.ChoiceField) and typed_for and field.valid_value(typed_for):
            self.initial[FOR] = typed_for
            return
        said = self.command.said_before(self.actor, self.given)
        for name, value in said.items():
            if name in self.fields:
                self.initial.setdefault(name, value)
        if UNNAMED in self.fields and said.get("anonymous"):
            self.initial[UNNAMED] = True
        self.began = bool(said)

    @property
    def asked_first(self) -> list[forms.BoundField]:
        """The questions that are seen at once."""
        return [field for field in self.visible_fields() if field.name not in self.command.later]

    @property
    def asked_later(self) -> list[forms.BoundField]:
        """The questions that most people leave blank, folded away."""
        return [field for field in self.visible_fields() if field.name in self.command.later]

    @property
    def later_says(self) -> Any:
        """What stands on the fold over them."""
        said = self.command.later_said({field.name for field in self.asked_later})
        words = self.to_reader.get("later_says") or said
        return words or _("More that you can say. You can leave it all blank.")

    @property
    def later_is_open(self) -> bool:
        """Whether something is said there already, or must be put right."""
        return any(
            field.errors or field.name in self.given or self._is_said(field) for field in self.asked_later
        )

    @property
    def has_to_find(self) -> bool:
        """Whether a button in it leads to choosing: then the Enter key must still mean the last button."""
        return bool(fields_to_find(self))

    def _is_said(self, field: forms.BoundField) -> bool:
        if (self.is_kept or self.began) and self.initial.get(field.name) not in (None, "", [], False):
            return True
        return self.is_bound and bool(field.data) and str(field.data) != str(field.initial)

    @property
    def action(self) -> str:
        """Where this form is sent, also when it stands in another page."""
        return address_of(self.command.records, **self.given)

    @property
    def to_weigh(self) -> Sequence[Mapping[str, Any]]:
        """What may be weighed before these questions are answered."""
        return self.command.to_weigh(self.actor, self.given)

    @property
    def hidden(self) -> str:
        """The hidden boxes, for pages that draw the questions one by one."""
        return format_html_join("", "{}", ((field,) for field in self.hidden_fields()))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get(FOR) and not answers.get(HOW):
            self.add_error(HOW, str(_("Say how they told you.")))
        return answers

    def done(self) -> Done | None:
        """Do it. None when something stands in the way, which is then said beside its question."""
        if not self.is_valid():
            return None
        answers = self.cleaned_data
        actor = self.actor
        try:
            if answers.get(FOR):
                actor = typing_for(actor, UUID(answers[FOR]), answers[HOW])
            unnamed = bool(answers.get(UNNAMED))
            made = from_values(self.command, self._values())
            if unnamed or self.command.under_a_pseudonym:
                forget_voices(actor.person)
            return do(made, by=in_office(actor), key=answers.get(KEY) or None, anonymous=unnamed)
        except Refused as refusal:
            self._say(refusal)
            return None

    def _values(self) -> dict[str, Any]:
        """The answers, without those left blank where blank means the command's own default."""
        asked = {shape.name: self.cleaned_data.get(shape.name) for shape in self.command.asked_shapes()}
        return {name: value for name, value in asked.items() if value not in (None, "", [])}

    def _say(self, refusal: Refused) -> None:
        for reason in refusal.reasons:
            shown = reason.field in self.fields and not self.fields[reason.field].widget.is_hidden
            self.add_error(reason.field if shown else None, reason.sentence)


def _with_key(sent: QueryDict | None) -> QueryDict | None:
    """A form sent without its key gets one, so that sending it again after a mistake is one act."""
    if sent is None or sent.get(KEY):
        return sent
    keyed = sent.copy()
    keyed[KEY] = secrets.token_urlsafe(16)
    return keyed


# The page -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@words_come_back
def do_page(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Ask what a command asks, or do it."""
    command = command_named(kind)
    actor = actor_of(request)
    given = _given(command, request.GET)
    after = _local(request, request.POST.get(NEXT) or request.GET.get(NEXT) or "")
    if request.method == "GET":
        instead = command.said_instead(actor, given)
        if instead is not None:
            return _said_instead(request, command, instead, after)
    if request.method == "GET" or actor.person is None:  # signed out since the form was opened, perhaps
        must_be_able(actor, command, given)
    form = _form_or_step(request, command, actor, given=given, after=after)
    if not isinstance(form, CommandForm):
        return form
    done = form.done() if form.is_bound else None
    if done is not None:
        messages.success(request, _done_sentence(command, form.cleaned_data, form.to_reader.get("done")))
        answer = HttpResponseRedirect(after or _page_of(command, done))
        answer.status_code = SEE_OTHER
        return answer
    rows, own = _rows(form, given), _template(request, command)
    context = {
        "command": command,
        "title": command.title_for(actor, given) or form.to_reader.get("title") or title_of(command),
        "about": _about(rows, actor),
        "lead": form.to_reader.get("lead") or command.lead_for(actor, given),
        "button": command.button or _("Send"),
        "seen_by_line": form.to_reader.get("seen_by_line") or command.seen_by_line,
        "back": after or _page_before(command, given),
        "rows": rows,
        "above": command.shown_above(actor, given),
        "of_another": own.endswith(EASY) and is_of_another(form, rows, FOR),
        "action": request.get_full_path(),
    }
    return render(request, own, context, form=form, status=status_for(form))


def _said_instead(
    request: HttpRequest, command: type[Command], instead: Instead, after: str
) -> HttpResponseBase:
    """In place of a form that nothing can be chosen in: who can answer it, and the way to what one can do."""
    context = {
        "title": title_of(command),
        "about": instead.about,
        "sentences": instead.sentences,
        "ways": [(address_of(kind, **given, next=after), words) for kind, given, words in instead.ways],
        "back": after,
    }
    return render(request, "instead.html", context, status=NOT_YOURS)


def _form_or_step(
    request: HttpRequest, command: type[Command], actor: Actor, *, given: Mapping[str, Any], after: str
) -> CommandForm | HttpResponseBase:
    """The form as it was asked for or sent; or the page that asks “Who?”, where there are many."""
    sent = request.POST if request.method == "POST" else None
    if sent is None or WHICH not in sent:
        form = CommandForm(command, actor, given=given, sent=sent, after=after)
        if form.to_reader.get("seen_by_line") and not (sent or request.GET).get(FOR):
            for name in (FOR, HOW):  # whoever speaks for somebody says so already
                form.fields.pop(name, None)
        if sent is None:
            form.begin(request.GET.get(FOR, ""))
        return form
    empty = CommandForm(command, actor, given=given, after=after)
    if is_choosing(empty, sent) and not is_back(sent):
        return step(request, empty, actor, sent, action=request.get_full_path())
    return CommandForm(command, actor, given=given, kept=as_typed(sent), after=after)


def _given(command: type[Command], query: QueryDict) -> dict[str, Any]:
    """What the address says already. An address that says an id which is none leads nowhere."""
    asked = {shape.name: shape for shape in command.asked_shapes()}
    said = {name: query.getlist(name) for name in query if name in asked}
    if any(one and as_id(one) is None for name in said if asked[name].inner is UUID for one in said[name]):
        raise Missing
    return {name: each if asked[name].many else each[-1] for name, each in said.items()}


def _local(request: HttpRequest, address: str) -> str:
    """An address on this site, or nothing."""
    is_ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if address.startswith("/") and is_ours else ""


def _template(request: HttpRequest, command: type[Command]) -> str:
    """The form's own template, its Easy Read one first for whoever chose that, or the one for all."""
    topic, _dot, verb = command.records.partition(".")
    for own in easy(request, f"{topic}/do/{verb}.html"):
        try:
            get_template(own)
        except TemplateDoesNotExist:
            continue
        return own
    return "do.html"


def _rows(form: CommandForm, given: Mapping[str, Any]) -> dict[str, Now]:
    """The rows the address names, for a page that says what this is about; only what this actor may see."""
    found: dict[str, Now] = {}
    for shape in form.command.asked_shapes():
        if shape.kind in ("own", "ref") and not shape.many and shape.name in given:
            row = _row(shape, str(given[shape.name]), form.actor)
            if row is not None:
                found[shape.name] = row
    return found


def _about(rows: Mapping[str, Now], actor: Actor) -> list[str]:
    """What stands over the title: whom and what the form is about, never the reader themself."""
    words: dict[UUID, str] = {}
    nameless: list[UUID] = []
    for row in rows.values():
        words[row.pk] = _title_to(actor, row)
        itself = [row.pk] if row._meta.app_label == "people" and not words[row.pk] else []
        whom = getattr(row, "shown_people", itself)  # of a row that bears no name: whose record it is of
        words |= {one: "" for one in whom if one not in words}
        nameless += [one for one in whom if one not in actor.ids]
    names = {pk: name for pk, name in names_of(nameless).items() if name != nobody_named()}
    return list(dict.fromkeys(filter(None, (names.get(pk) or said for pk, said in words.items()))))


def _title_to(actor: Actor, row: Any) -> str:
    """The title of one row: in words to this reader, where it has such, else as it has it for anybody."""
    to_them = getattr(row, "title_to", None)
    return str(to_them(actor) if to_them else getattr(row, "shown_title", "") or "")


def _row(shape: Shape, pk: str, actor: Actor) -> Now | None:
    model: Any = shape.target()
    row: Now | None = model.objects.seen_by(actor).filter(pk=as_id(pk)).first()
    return row


def _page_of(command: type[Command], done: Done) -> str:
    """The page of what was changed, where the command names one."""
    return _page_about(command.page, [done.thing], []) or "/"


def _page_before(command: type[Command], given: Mapping[str, Any]) -> str:
    """The page that most likely led here, where the address does not say: that of the thing it names."""
    thing = given.get(command.thing)
    if command.page_before and command.shapes[command.thing].kind == "fresh":
        thing = given.get(command.judged_on)  # it is not there yet: that to which it will belong
    return _page_about(command.page_before or command.page, [thing]) if thing else ""


def _page_about(name: str, *arguments: list[Any]) -> str:
    for each in arguments:
        try:
            return reverse(name, args=each) if name else ""
        except NoReverseMatch:
            continue
    return ""


def _done_sentence(command: type[Command], answers: Mapping[str, Any], own: Any = None) -> str:
    sentence = own or command.done or _("That is done. It is in the record.")
    return str(sentence) % defaultdict(str, answers) if "%(" in str(sentence) else str(sentence)
