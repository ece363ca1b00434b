"""What is said of a lawful ground that does not open the gate, and of no answer: a code and the sentence."""

from django.utils.translation import gettext_lazy as _

from alongside.topics.decisions.engine.saying import Lazy
from alongside.topics.decisions.engine.states import Law, Said

OF_THE_LAW: dict[Law, tuple[str, Lazy]] = {
    Law.LAPSED: ("lapsed", _("The legal reason to go on without %(name)s has ended.")),
    Law.UNSEEN: (
        "unseen",
        _("Nobody outside your line has seen your legal reason about %(name)s. It opens nothing yet."),
    ),
    Law.NOT_AGREED: (
        "not_agreed",
        _("Somebody outside your line does not agree with your legal reason about %(name)s."),
    ),
    Law.LAPSED_UNSEEN: (
        "lapsed_unseen",
        _("Your emergency about %(name)s has ended. Nobody outside your line had seen it by its day."),
    ),
    Law.LACKS_SAFEGUARD: (
        "lacks_safeguard",
        _("Your legal reason about %(name)s needs a safeguard that is not written down yet."),
    ),
    Law.LACKS_HOLDER: (
        "lacks_holder",
        _(
            "The attorney or deputy for %(name)s has not said what they decide, or may not now. "
            "Somebody of another team must have seen their document too."
        ),
    ),
}

DIED_INSIDE: tuple[str, Lazy] = (
    "died_inside",
    _("It is written down that %(name)s has died. Somebody from outside must say so too."),
)

OF_A_LETTER: dict[bool, tuple[str, Lazy]] = {  # whether one alone went, which asked how they want to be told
    False: ("not_known_read", _("We told %(name)s on %(day)s (%(how)s). We do not know if it reached them.")),
    True: (
        "asked_how",
        _("We asked %(name)s on %(day)s how they want to be told. They have not been told yet."),
    ),
}

OF_NO_ANSWER: dict[Said, tuple[str, Lazy]] = {
    Said.NOTHING: ("no_answer", _("%(name)s has not answered. This waits for them.")),
    Said.UNCONFIRMED: (
        "unconfirmed",
        _("The answer of %(name)s does not count yet. Somebody outside your team must check it with them."),
    ),
    Said.BEFORE: ("before", _("%(name)s answered before this was put to them. Ask them about it.")),
    Said.NOT_THEIRS: (
        "not_theirs",
        _("Someone answered for %(name)s who may not speak for them now. Ask %(name)s."),
    ),
}
NO_ANSWER = frozenset(code for code, _sentence in OF_NO_ANSWER.values())
