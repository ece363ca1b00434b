"""What of a person's can be seen that other rooms keep, beside what people itself keeps."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# (the words said to whose it is, the same said of them, the table)
SIGHTS: tuple[tuple[Any, Any, str], ...] = (
    (_("Decisions about you"), _("Decisions about them"), "decisions.Decision"),
    (_("What was said about those decisions"), _("What was said about those decisions"), "decisions.View"),
    (
        _("How you were told, and what came back"),
        _("How they were told, and what came back"),
        "decisions.Telling",
    ),
    (_("Whether you agreed small things"), _("Whether they agreed small things"), "decisions.AgreedWord"),
    (_("How you took part in meetings"), _("How they took part in meetings"), "decisions.PartTaken"),
    (
        _("Pay you were offered for taking part"),
        _("Pay they were offered for taking part"),
        "decisions.PayOffer",
    ),
    (_("Promises about your life"), _("Promises about their life"), "promises.Promise"),
    (
        _("Your answers on whether promises were kept"),
        _("Their answers on whether promises were kept"),
        "promises.Verdict",
    ),
    (
        _("Your answers on whether promises still hold"),
        _("Their answers on whether promises still hold"),
        "promises.StillHolds",
    ),
    (_("Groups you say you belong to"), _("Groups they say they belong to"), "promises.GroupMember"),
)
