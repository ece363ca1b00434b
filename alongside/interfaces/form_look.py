"""How every form looks and reads: labels, hints, errors that say what to do, and a date in three boxes.

Django draws the forms; this names the templates in `form_parts/` and says which box is which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.functional import Promise as Lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

Words = str | Lazy
PARTS = ("day", "month", "year")
UNPROCESSABLE = 422


@dataclass(frozen=True)
class Choice:
    """The words beside a radio button or tick box, with a line under them that explains."""

    words: Words
    hint: Words = ""

    def __str__(self) -> str:
        return str(self.words)


class LookRenderer(TemplatesSetting):
    """Draws every form in the house with the templates in `form_parts/`."""

    form_template_name = "form_parts/form.html"
    field_template_name = "form_parts/field.html"

    def get_template(self, template_name: str) -> Any:
        """Our own drawing of a form part where there is one, else Django's."""
        try:
            return get_template(template_name.replace("django/forms/", "form_parts/", 1))
        except TemplateDoesNotExist:
            return get_template(template_name)


class LookBoundField(forms.BoundField):
    """A question on a page: the box, its label, its hint and what is wrong with the answer."""

    @property
    def what_is_wrong(self) -> list[str]:
        """What needs changing, for the list above a form: "Choose one answer." alone does not say to what."""
        label = str(self.label)
        question = label if label.endswith((".", "?", "!", ":")) else f"{label}:"
        return [f"{question} {error}" for error in self.errors]

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """The box's class. No `required`: the browser's own bubble says too little, and only in passing.

        No placeholder either: it is pale, it goes when you type, and it looks like an answer.
        """
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        attrs["placeholder"] = False
        look = class_for(widget)
        if look:
            error = f"{look}--error" if self.errors and look != "govuk-file-upload" else ""
            attrs["class"] = " ".join(part for part in (look, error, widget.attrs.get("class", "")) if part)
        return attrs

    def as_widget(
        self,
        widget: forms.Widget | None = None,
        attrs: dict[str, Any] | None = None,
        only_initial: bool = False,
    ) -> SafeString:
        """The box itself; a date box is told first which of its parts are wrong."""
        if isinstance(self.field.widget, DateParts):
            self.field.widget.wrong_parts = self.wrong_parts
        return super().as_widget(widget, attrs, only_initial)

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """Which parts of a date are wrong; all of them where the error does not say."""
        if not self.errors:
            return ()
        for error in self.errors.as_data():
            if error.params and "parts" in error.params:
                return tuple(error.params["parts"])
        return PARTS

    @property
    def first_id(self) -> str:
        """Where a link in the error summary goes: the first box that a person would have to change."""
        if isinstance(self.field.widget, DateParts):
            return f"{self.auto_id}_{(self.wrong_parts or PARTS)[0]}"
        if isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return f"{self.auto_id}_0"
        return self.id_for_label

    @property
    def is_one_tick(self) -> bool:
        """Whether this is a single tick box, whose label stands beside it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def has_no_blank(self) -> bool:
        """Whether one of its choices is always chosen, and none of them says nothing."""
        if not isinstance(self.field.widget, forms.RadioSelect) or self.value() in (None, ""):
            return False
        return all(value not in (None, "") for value, _words in self.field.widget.choices)

    @property
    def why(self) -> Words:
        """Who uses the answer and for what, when the field says so."""
        return getattr(self.field, "why", "")


LookRenderer.bound_field_class = LookBoundField


def class_for(widget: forms.Widget) -> str:
    """The style sheet's name for a kind of box; empty where the parts inside it have their own."""
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.CheckboxInput | DateParts):
        return ""
    if isinstance(widget, forms.Select):
        return "govuk-select"
    if isinstance(widget, forms.Textarea):
        return "govuk-textarea"
    if isinstance(widget, forms.FileInput):
        return "govuk-file-upload"
    return "govuk-input" if isinstance(widget, Input) and not widget.is_hidden else ""


def status_for(form: forms.BaseForm | None) -> int:
    """The answer's status: 422 when what was sent cannot be taken as it is, else 200."""
    return UNPROCESSABLE if form is not None and form.is_bound and form.errors else 200


class DateParts(forms.Widget):
    """A date in three boxes: day, month and year. A month may be a number or a name, in English or Welsh."""

    template_name = "django/forms/widgets/date_parts.html"
    use_fieldset = True
    wrong_parts: tuple[str, ...] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The three boxes, each with its own name, label and what was typed in it."""
        context = super().get_context(name, value, attrs)
        typed = parts_of(value)
        box_id = context["widget"]["attrs"].get("id", f"id_{name}")
        labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        context["widget"]["boxes"] = [
            {
                "part": part,
                "name": f"{name}_{part}",
                "id": f"{box_id}_{part}",
                "label": labels[part],
                "value": typed[part],
                "is_wrong": part in self.wrong_parts,
            }
            for part in PARTS
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """What was typed in each box, as it was typed; a whole date under the plain name is taken too."""
        if data.get(name):
            return data[name]
        return {part: str(data.get(f"{name}_{part}", "")).strip() for part in PARTS}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else ""


class DatePartsField(forms.Field):
    """A date typed in three boxes, with an answer to each way it can go wrong."""

    widget = DateParts
    default_error_messages = {  # Django's own way of declaring them
        "required": _("Type the day, the month and the year."),
        "day": _("Type the day."),
        "month": _("Type the month."),
        "year": _("Type the year."),
        "several": _("Type the whole date: the day, the month and the year."),
        "not_a_day": _("The day must be a number from 1 to 31."),
        "not_a_month": _("The month must be a number from 1 to 12, or its name."),
        "not_a_year": _("The year must have four numbers, like 2026."),
        "no_such_day": _("That month does not have so many days. Check the day and the month."),
        "not_a_date": _("Type a real date, like 14 May 2026."),
    }

    def to_python(self, value: Any) -> date | None:
        """The date, or None when nothing at all was typed."""
        if value is None or isinstance(value, date):
            return value
        if isinstance(value, str):
            return self._whole(value)
        missing = [part for part in PARTS if not value.get(part)]
        if len(missing) == len(PARTS):
            return None
        if missing:
            raise self._wrong(missing[0] if len(missing) == 1 else "several", *missing)
        return self._date(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return parts_of(initial) != parts_of(data)

    def _whole(self, value: str) -> date | None:
        try:
            return date.fromisoformat(value.strip()) if value.strip() else None
        except ValueError:
            raise self._wrong("not_a_date", *PARTS) from None

    def _date(self, typed: Mapping[str, str]) -> date:
        day, year = _number(typed["day"]), _number(typed["year"])
        month = month_number(typed["month"])
        if not 1 <= day <= 31:
            raise self._wrong("not_a_day", "day")
        if not 1 <= month <= 12:
            raise self._wrong("not_a_month", "month")
        if not 1000 <= year <= 9999:
            raise self._wrong("not_a_year", "year")
        try:
            return date(year, month, day)
        except ValueError:
            raise self._wrong("no_such_day", "day", "month") from None

    def _wrong(self, code: str, *parts: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"parts": parts})


def parts_of(value: Any) -> dict[str, str]:
    """What to show in the three boxes for a date, for what was typed, or for nothing."""
    if isinstance(value, date):
        return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
    if isinstance(value, Mapping):
        return {part: str(value.get(part, "")) for part in PARTS}
    if isinstance(value, str) and value:
        year, month, day = [*value.split("-"), "", ""][:3]
        return {"day": day, "month": month, "year": year}
    return dict.fromkeys(PARTS, "")


def month_number(typed: str) -> int:
    """1 to 12 for a number or a month's name in English or Welsh, whole or shortened; 0 for anything else."""
    if typed.isascii() and typed.isdigit():
        return _number(typed)
    for language in ("en", "cy"):
        with override(language):
            for number in range(1, 13):
                names: Sequence[str] = (str(MONTHS[number]).lower(), str(MONTHS_3[number]).lower())
                if typed.lower().rstrip(".") in names:
                    return number
    return 0


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 4 else 0
