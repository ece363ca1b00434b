"""Money as people write it, in pounds and pence: 12.50, £15 or £1,250. It is kept as a number of pence."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.interfaces.words import money

IN_POUNDS = _("In pounds and pence, like 12.50.")
AMOUNT = re.compile(r"£?\s*([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.([0-9]{2}))?")


class MoneyField(forms.Field):
    """An amount from `least` to `most`, both in pence."""

    default_error_messages = {  # Django's own way of declaring them
        "required": _("Type an amount in pounds, like 12.50."),
        "invalid": _("Type an amount in pounds, like 12.50."),
        "too_much": _("Type an amount of %(most)s or less."),
        "too_little": _("Type an amount of %(least)s or more."),
    }

    def __init__(self, *, required: bool, least: int = 0, most: int | None = None) -> None:
        super().__init__(
            required=required,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
        )
        self.least, self.most = least, most

    def to_python(self, value: Any) -> int | None:
        """How many pence it is. None when nothing was typed."""
        typed = str(value or "").strip()
        if not typed:
            return None
        found = AMOUNT.fullmatch(typed)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(found[1].replace(",", "")) * 100 + int(found[2] or 0)

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None and self.most is not None and value > self.most:
            said = {"most": money(self.most)}
            raise ValidationError(self.error_messages["too_much"], code="too_much", params=said)
        if value is not None and value < self.least:
            said = {"least": money(self.least)}
            raise ValidationError(self.error_messages["too_little"], code="too_little", params=said)

    def prepare_value(self, value: Any) -> Any:
        """An amount that is kept, as people write it; what was typed, as it was typed."""
        return f"{value // 100}.{value % 100:02d}" if isinstance(value, int) else value
