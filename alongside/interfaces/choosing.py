"""Choosing one name of many, without a script: where there are more than twelve, “Who?” is a step of its own.

The form shows who is chosen and a button. The button leads to a page with a box for a part of the name, and
at most ten of those found. All that was typed goes along and comes back. Only what the form itself would
have offered this reader is ever looked through, so a name that is not for them is a name that is not there.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext_lazy as _

from alongside.interfaces.form_look import Choice
from alongside.interfaces.page import render
from alongside.interfaces.wired import told_apart
from alongside.kernel.command import Actor
from alongside.kernel.letters import plain_letters

MANY = 12  # up to here all names are shown at once
MOST_FOUND = 10
LONGEST_PART = 100
WHICH, PART, FIND, CHOSEN, DONE, BACK, NONE = (
    f"choose_{one}" for one in ("which", "part", "find", "chosen", "done", "back", "none")
)
OF_THIS_STEP = (WHICH, PART, FIND, CHOSEN, DONE, BACK, NONE)
Pairs = Sequence[tuple[str, Any]]


class Found(forms.Widget):
    """Who is chosen so far, and the button that leads to choosing."""

    template_name = "django/forms/widgets/found.html"
    use_fieldset = True
    choices: Iterable[tuple[Any, Any]] = ()
    allow_multiple_selected = False

    def __init__(self, *, nothing: Any = "") -> None:
        super().__init__()
        self.nothing = nothing

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The chosen, each by name, and what is said where there are none."""
        context = super().get_context(name, value, attrs)
        wanted = [str(one) for one in (value if isinstance(value, list | tuple) else [value]) if one]
        names = {str(key): words for key, words in self.choices} if wanted else {}
        chosen = [{"value": one, "words": names[one]} for one in wanted if one in names]
        context["widget"] |= {
            "chosen": chosen,
            "many": self.allow_multiple_selected,
            "nothing": self.nothing,
            "which": WHICH,
        }
        return context

    def id_for_label(self, id_: str) -> str:
        """The button: where a link in the error summary leads."""
        return f"{id_}_find" if id_ else ""


class FoundSeveral(Found):
    """The same for several."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        return data.getlist(name) if isinstance(data, QueryDict) else data.get(name)


def to_be_found(
    choices: Pairs, *, required: bool, many: bool = False, nothing: Any = "", errors: Any = None
) -> forms.ChoiceField:
    """The field for more names than can be read through."""
    widget: Found = FoundSeveral(nothing=nothing) if many else Found(nothing=nothing)
    kind = forms.MultipleChoiceField if many else forms.ChoiceField
    field: forms.ChoiceField = kind(
        required=required, choices=list(choices), widget=widget, error_messages=errors
    )
    return field


# The step -----------------------------------------------------------------------------------------


def fields_to_find(form: forms.Form) -> dict[str, forms.ChoiceField]:
    """The fields of this form whose names are found and not listed."""
    return {
        name: field
        for name, field in form.fields.items()
        if isinstance(field, forms.ChoiceField) and isinstance(field.widget, Found)
    }


def is_choosing(form: forms.Form, sent: QueryDict) -> bool:
    """Whether this was sent to choose somebody, and not to do what the form is for."""
    return sent.get(WHICH, "") in fields_to_find(form)


def is_back(sent: QueryDict) -> bool:
    """Whether the reader has chosen, or goes back without."""
    return any(name in sent for name in (DONE, BACK, NONE))


def as_typed(sent: QueryDict) -> QueryDict:
    """What was typed in the form itself, with what was chosen put in its place."""
    kept, which = sent.copy(), str(sent[WHICH])
    if DONE in sent:
        before = [one for one in sent.getlist(which) if one]
        chosen = [one for one in sent.getlist(CHOSEN) if one and one not in before]
        kept.setlist(which, [*before, *chosen] if "several" in sent.getlist(DONE) else chosen or before)
    elif NONE in sent:
        kept.setlist(which, [])
    for name in OF_THIS_STEP:
        kept.pop(name, None)
    return kept


def found_among(choices: Iterable[tuple[Any, Any]], part: str) -> list[tuple[str, Any]]:
    """Those whose name has each of these words, or the beginning of it, whatever the accents."""
    wanted = plain_letters(part[:LONGEST_PART]).split()
    pairs = [(str(value), words) for value, words in choices if value]
    if not wanted:
        return []
    plain = [(plain_letters(str(words)), value, words) for value, words in pairs]
    found = [one for one in plain if all(word in one[0] for word in wanted)]
    found.sort(key=lambda one: not all(f" {one[0]}".count(f" {word}") for word in wanted))  # beginnings first
    return [(value, words) for _plain, value, words in found]


def step(
    request: HttpRequest, form: forms.Form, actor: Actor, sent: QueryDict, *, action: str
) -> HttpResponseBase:
    """The page that asks “Who?”."""
    which = str(sent[WHICH])
    field = fields_to_find(form)[which]
    part = sent.get(PART, "").strip()[:LONGEST_PART]
    choices: Any = field.choices
    found = found_among(choices, part)
    shown = found[:MOST_FOUND]
    hints = told_apart(actor, [value for value, _words in shown])
    several = isinstance(field, forms.MultipleChoiceField)
    kept = [(name, value) for name, values in as_typed(sent).lists() for value in values]
    context = {
        "title": field.label,
        "hint": field.help_text,
        "part": part,
        "shown": [_option(value, words, hints.get(value, "")) for value, words in shown],
        "more": max(0, len(found) - MOST_FOUND),
        "several": several,
        "can_be_none": not field.required and bool(sent.get(which)),
        "kept": [(name, value) for name, value in kept if name != "csrfmiddlewaretoken"],
        "which": which,
        "action": action,
        "back_to": f"{action}#{form[which].auto_id}",
        "box_id": f"id_{PART}",
    }
    return render(request, "choose.html", context)


def _option(value: str, words: Any, hint: str) -> dict[str, Any]:
    if isinstance(words, Choice):
        return {"value": value, "words": words.words, "hint": hint or words.hint}
    return {"value": value, "words": words, "hint": hint}


NOBODY_CHOSEN = _("Nothing is chosen yet.")
