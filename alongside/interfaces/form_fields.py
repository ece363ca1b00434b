"""One question of a form for one field of a command: which box, which choices, what is said when wrong."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, Literal, get_args, get_origin
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.interfaces.asking import LONGEST_WORDS, codes_of, label_of
from alongside.interfaces.choosing import MANY, NOBODY_CHOSEN, to_be_found
from alongside.interfaces.form_look import DatePartsField
from alongside.interfaces.money_field import IN_POUNDS, MoneyField
from alongside.interfaces.wired import names_of, nobody_named, told_apart
from alongside.kernel.command import NEEDED, Actor, Command, Shape

FEW = 7  # up to here all choices are seen at once
MOST_LOOKED_THROUGH = 2000  # names and matters that one reader may choose from


def field_for(
    command: type[Command],
    shape: Shape,
    actor: Actor,
    *,
    is_given: bool,
    given: Mapping[str, Any] | None = None,
) -> forms.Field:
    """The box for one field. `given` is what the address has answered already."""
    field = _hidden(shape) if is_given else _asked(command, shape, actor, given or {})
    field.label = label_of(shape)
    field.help_text = shape.asked.hint
    if isinstance(field, MoneyField):
        field.help_text = format_lazy("{} {}", IN_POUNDS, shape.asked.hint) if shape.asked.hint else IN_POUNDS
    field.why = shape.asked.used_for  # type: ignore[attr-defined]  # the look draws it under the box
    field.needed = shape.asked.needed  # type: ignore[attr-defined]  # and this beside the question
    return field


def said_to_reader(field: forms.Field, name: str, own: Mapping[str, Any]) -> forms.Field:
    """The same box, in the words for whoever it is of, where there are such."""
    field.label = own.get(f"{name}.label") or field.label
    field.help_text = own.get(f"{name}.hint") or field.help_text
    field.why = own.get(f"{name}.used_for") or field.why  # type: ignore[attr-defined]  # as above
    field.needed = own.get(f"{name}.needed") or field.needed  # type: ignore[attr-defined]  # as above
    return field


def _hidden(shape: Shape) -> forms.Field:
    if shape.many:
        return ListField(required=shape.required, widget=forms.MultipleHiddenInput)
    if shape.inner is UUID:
        return forms.UUIDField(
            required=shape.required,
            widget=forms.HiddenInput,
            error_messages={"invalid": _("The address of this page is not whole. Go back and choose again.")},
        )
    return forms.CharField(required=shape.required, widget=forms.HiddenInput, max_length=LONGEST_WORDS)


def _asked(command: type[Command], shape: Shape, actor: Actor, given: Mapping[str, Any]) -> forms.Field:
    chosen = command.choices_within(shape.name, actor, given)
    if chosen is not None:
        found = _offered(command, shape, actor, chosen, given)
        return _choice(command, shape, found) if found or shape.required else _hidden(shape)
    if shape.kind in ("own", "ref"):
        things = _offered(command, shape, actor, _things(shape, actor), given)
        return _choice(command, shape, things) if things or shape.required else _hidden(shape)
    if shape.kind == "code":
        return _choice(command, shape, codes_of(shape))
    if shape.kind == "sealed":
        return _words(shape)
    return _plain(command, shape)


def _offered(
    command: type[Command],
    shape: Shape,
    actor: Actor,
    choices: Iterable[tuple[Any, Any]],
    given: Mapping[str, Any],
) -> list[tuple[Any, Any]]:
    """What is offered: nobody whom it would make no sense to choose, and those of one name told apart."""
    never = {str(one) for one in command.not_offered(shape.name, actor, given)}
    never |= {str(one) for one in actor.ids} if shape.asked.of_others else set()
    return _of_one_name(actor, [pair for pair in choices if str(pair[0]) not in never])


def _of_one_name(actor: Actor, pairs: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """The same, where each who shares a name with another carries what tells them apart. Where there are
    many, the step that asks “Who?” shows it."""
    if len(pairs) > MANY:
        return pairs
    times = Counter(str(words) for _value, words in pairs)
    alike = [str(value) for value, words in pairs if times[str(words)] > 1 and isinstance(value, UUID)]
    hints = told_apart(actor, alike)
    told = _("%(name)s (%(what)s)")
    return [
        (value, told % {"name": words, "what": hints[str(value)].rstrip(".")})
        if str(value) in hints
        else (value, words)
        for value, words in pairs
    ]


def _plain(command: type[Command], shape: Shape) -> forms.Field:
    kind = shape.inner
    limits = _limits(command, shape)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice(command, shape, [(one.value, getattr(one, "label", one.value)) for one in kind])
    if get_origin(kind) is Literal:
        return _choice(
            command, shape, [(str(one), str(one).replace("_", " ").capitalize()) for one in get_args(kind)]
        )
    if kind is bool:
        return _yes_or_no(shape)
    if shape.many:
        return ListField(required=shape.required, widget=forms.Textarea(attrs={"rows": 4}))
    if kind is int and shape.name.endswith("_pence"):
        return MoneyField(required=shape.required, least=limits.get("ge", 0), most=limits.get("le"))
    if kind is int:
        return forms.IntegerField(
            required=shape.required,
            min_value=limits.get("ge"),
            max_value=limits.get("le"),
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
            error_messages={"required": _("Type a number."), "invalid": _("Type a whole number, like 12.")},
        )
    if kind is datetime:
        return forms.DateTimeField(
            required=shape.required,
            error_messages={"invalid": _("Type the date and time like this: 2026-05-14 10:30.")},
        )
    if kind is date:
        return DatePartsField(required=shape.required)
    if kind is UUID:
        return forms.UUIDField(required=shape.required)
    return forms.CharField(
        required=shape.required,
        max_length=limits.get("max_length", LONGEST_WORDS),
        error_messages={"required": _("Type your answer.")},
    )


def _limits(command: type[Command], shape: Shape) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for limit in command.model_fields[shape.name].metadata:
        for name in ("ge", "le", "max_length", "min_length"):
            if getattr(limit, name, None) is not None:
                found[name] = getattr(limit, name)
    return found


def _words(shape: Shape) -> forms.Field:
    required = {"required": _("Write your answer here.")}
    if shape.many:
        return ListField(
            required=shape.required, widget=forms.Textarea(attrs={"rows": 5}), error_messages=required
        )
    widget = forms.TextInput() if shape.asked.widget == "line" else forms.Textarea(attrs={"rows": 6})
    return forms.CharField(
        required=shape.required, widget=widget, max_length=LONGEST_WORDS, error_messages=required
    )


def _yes_or_no(shape: Shape) -> forms.Field:
    if not shape.required and shape.asked.widget != "radios":
        return forms.BooleanField(required=False)
    return forms.TypedChoiceField(
        required=shape.required,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )


def _choice(command: type[Command], shape: Shape, choices: Iterable[tuple[Any, Any]]) -> forms.Field:
    found = [(str(value), words) for value, words in choices]
    if not found and shape.required:
        return _nothing_to_choose()
    wrong = {"required": _("Choose one answer."), "invalid_choice": _("Choose one of the answers shown.")}
    if shape.kind in ("own", "ref") and len(found) > MANY:
        return to_be_found(
            found, required=shape.required, many=shape.many, nothing=NOBODY_CHOSEN, errors=wrong
        )
    if shape.many:
        return forms.MultipleChoiceField(
            required=shape.required,
            choices=found,
            widget=forms.CheckboxSelectMultiple,
            error_messages=wrong | {"required": _("Choose at least one.")},
        )
    usual = command.model_fields[shape.name].default  # what holds when nothing is chosen
    usual = getattr(usual, "value", usual)
    if not shape.required and usual in [value for value, _words in found]:
        as_boxes = len(found) <= FEW or shape.asked.widget == "radios"
        return forms.ChoiceField(
            required=False,
            choices=found,
            initial=usual,
            widget=forms.RadioSelect if as_boxes else forms.Select,
            error_messages=wrong,
        )
    as_list = shape.asked.widget == "select" or (len(found) > FEW and shape.asked.widget != "radios")
    if as_list:
        return forms.ChoiceField(
            required=shape.required, choices=[("", _("Choose one")), *found], error_messages=wrong
        )
    is_needed = shape.asked.needed is NEEDED
    is_only = len(found) == 1 and (is_needed or (shape.required and shape.kind == "ref"))
    only = found[0][0] if is_only else None
    if not shape.required and not is_needed:
        none = _("None of these") if shape.kind in ("own", "ref") else _("I would rather not say")
        found = [*found, ("", shape.asked.blank or none)]
    return forms.ChoiceField(
        required=shape.required,
        choices=found,
        initial=only,  # nobody is asked to press the one answer there is
        widget=forms.RadioSelect,
        error_messages=wrong,
    )


class NothingToChoose(forms.ChoiceField):
    """A box in which there is nothing: a page can say what to do instead."""

    has_nothing = True


def _nothing_to_choose() -> forms.Field:
    """The box where this person could choose nothing: it says so, and where to begin instead."""
    none = _("There is nothing here that you can choose. Begin on the page of the thing it is about.")
    return NothingToChoose(
        choices=[("", _("Nothing to choose"))], error_messages={"required": none, "invalid_choice": none}
    )


def _things(shape: Shape, actor: Actor) -> Iterable[tuple[Any, Any]]:
    """What this actor may choose from: what the table says, else all they may see."""
    model: Any = shape.target()
    if hasattr(model, "choices_for"):
        return list(model.choices_for(actor))[:MOST_LOOKED_THROUGH]
    rows = list(model.objects.seen_by(actor).order_by("pk")[:MOST_LOOKED_THROUGH])
    if model._meta.app_label == "people":
        names = names_of(row.pk for row in rows)
        named = ((row.pk, names[row.pk]) for row in rows if names[row.pk] != nobody_named())
        return sorted(named, key=lambda pair: pair[1])
    called = ((row.pk, getattr(row, "shown_as", "") or _own_words(row)) for row in rows)
    return [(pk, words) for pk, words in called if words]


def _own_words(row: Any) -> str:
    """What a row calls itself; nothing where it has no words of its own, for nobody can choose a number."""
    words = str(row)
    return "" if words == models.Model.__str__(row) else words


class ListField(forms.Field):
    """Several answers: one on each line, or one in each box."""

    def to_python(self, value: Any) -> list[str]:
        lines = value.splitlines() if isinstance(value, str) else list(value or [])
        return [str(line).strip() for line in lines if str(line).strip()]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
