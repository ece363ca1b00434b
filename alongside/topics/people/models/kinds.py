"""The fixed lists of this room: what a person can be to another, and on what footing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LinkKind(TextChoices):
    """What somebody is to a person, or to a body. The same codes as in the rule pack."""

    DRAWS_ON_SUPPORT = "draws_on_support", _("Draws on care and support")
    CARER = "unpaid_carer", _("Unpaid carer")
    FAMILY = "family", _("Family")
    FRIEND = "friend", _("Friend or neighbour")
    ADVOCATE = "advocate", _("Advocate")
    STATUTORY_ADVOCATE = "statutory_advocate", _("Advocate the law provides")
    SPOKESPERSON = "spokesperson", _("Someone they asked to speak for them")
    ATTORNEY = "attorney", _("Attorney")
    DEPUTY = "deputy", _("Deputy")
    NOMINEE = "nominee", _("Holds a direct payment for them")
    NAMED_WORKER = "named_worker", _("Named worker")
    PRACTITIONER = "practitioner", _("Practitioner")
    MANAGER = "manager", _("Manager")
    PROVIDER_STAFF = "provider_staff", _("Works for a provider")
    PERSONAL_ASSISTANT = "personal_assistant", _("Personal assistant")
    COMMISSIONER = "commissioner", _("Commissioner")
    COUNCILLOR = "councillor", _("Councillor")
    GROUP_MEMBER = "group_member", _("Member of a group")
    BOARD_MEMBER = "board_member", _("Member of the board")
    APPROPRIATE_ADULT = "appropriate_adult", _("Appropriate adult")

    def said_to(self, *, is_me: bool) -> str:
        """What somebody is, said to the one whose life it is, or about them."""
        return str((_TO_THEM if is_me else _ABOUT_THEM).get(self.value, self.label))


_ABOUT_THEM = {
    LinkKind.DRAWS_ON_SUPPORT.value: _("They support this person")  # it is the team that is named beside it
}
_TO_THEM = {
    LinkKind.DRAWS_ON_SUPPORT.value: _("They support you"),
    LinkKind.SPOKESPERSON.value: _("Someone you asked to speak for you"),
    LinkKind.NOMINEE.value: _("Holds a direct payment for you"),
}


class Kinds:
    """The kinds in groups, as rules speak of them."""

    SPEAKERS = (
        LinkKind.ADVOCATE,
        LinkKind.STATUTORY_ADVOCATE,
        LinkKind.SPOKESPERSON,
        LinkKind.ATTORNEY,
        LinkKind.DEPUTY,
    )
    ADVOCATES = (LinkKind.ADVOCATE, LinkKind.STATUTORY_ADVOCATE)
    POWERS = (LinkKind.ATTORNEY, LinkKind.DEPUTY)  # they rest on a document, with a scope
    CIRCLE = (LinkKind.CARER, LinkKind.FAMILY, LinkKind.FRIEND)
    WORKERS = (LinkKind.NAMED_WORKER, LinkKind.PRACTITIONER)  # in a council or in health, for one person
    PAID = (LinkKind.PROVIDER_STAFF, LinkKind.PERSONAL_ASSISTANT)
    LIVES = (*SPEAKERS, *CIRCLE, *WORKERS, *PAID, LinkKind.NOMINEE, LinkKind.APPROPRIATE_ADULT)
    POSTS = (  # what somebody works as in a body: such a link has no other person
        LinkKind.PRACTITIONER,
        LinkKind.MANAGER,
        LinkKind.PROVIDER_STAFF,
        LinkKind.COMMISSIONER,
        LinkKind.COUNCILLOR,
    )
    COLLEAGUES = (LinkKind.PRACTITIONER, LinkKind.MANAGER, LinkKind.PROVIDER_STAFF, LinkKind.COMMISSIONER)
    MEMBERS = (LinkKind.GROUP_MEMBER, LinkKind.BOARD_MEMBER)
    OFFICERS = (LinkKind.MANAGER, LinkKind.BOARD_MEMBER)  # who acts for a body
    BY_CONSENT = (*CIRCLE, *MEMBERS, LinkKind.ADVOCATE, LinkKind.SPOKESPERSON)


class Basis(TextChoices):
    """On what footing a relationship stands."""

    CONSENT = "consent", _("The person agreed")
    LAW = "law", _("The law provides it")
    OFFICE = "office", _("It is their work")
    FACT = "fact", _("It is so")


class Scope(TextChoices):
    """What somebody may speak about."""

    EVERYTHING = "everything", _("Everything")
    MONEY = "money", _("Property and money")
    WELFARE = "welfare", _("Health and welfare")
    ONE_MATTER = "one_matter", _("One matter only")


class OrganisationKind(TextChoices):
    """What a body is. The same codes as in the rule pack."""

    COUNCIL = "council", _("Council")
    PROVIDER = "provider", _("Provider")
    USER_LED = "user_led", _("User-led organisation")
    HEALTH = "health", _("Health")
    POLICE = "police", _("Police")
    COMMUNITY = "community", _("Community group")


class PersonState(TextChoices):
    """Whether a record is in use."""

    ACTIVE = "active", _("In use")
    MERGED = "merged", _("Joined with another record")
    DIED = "died", _("They have died")
    ERASED = "erased", _("Erased")


class HowOften(TextChoices):
    """How often somebody wants to be asked things that are not about their own life."""

    ANY = "any", _("Whenever there is something")
    WEEKLY = "weekly", _("At most once a week")
    MONTHLY = "monthly", _("At most once a month")
    NEVER = "never", _("Only when it is about my own life")


class Language(TextChoices):
    """A language somebody wants to be told in."""

    ENGLISH = "en", _("English")
    WELSH = "cy", _("Welsh")
    BSL = "bfi", _("British Sign Language")
    ARABIC = "ar", _("Arabic")
    BENGALI = "bn", _("Bengali")
    CHINESE = "zh", _("Chinese")
    FRENCH = "fr", _("French")
    GUJARATI = "gu", _("Gujarati")
    POLISH = "pl", _("Polish")
    PORTUGUESE = "pt", _("Portuguese")
    PUNJABI = "pa", _("Punjabi")
    ROMANIAN = "ro", _("Romanian")
    SOMALI = "so", _("Somali")
    SPANISH = "es", _("Spanish")
    TAMIL = "ta", _("Tamil")
    TURKISH = "tr", _("Turkish")
    UKRAINIAN = "uk", _("Ukrainian")
    URDU = "ur", _("Urdu")
