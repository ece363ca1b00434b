"""What programs may ask for under /api/: every command, and what each room lets them read."""

from alongside.home import agreed, checks, how_made, legal_reasons, second_person, waits, who_decides
from alongside.interfaces.api import made
from alongside.topics.decisions import api as decisions
from alongside.topics.people import api as people
from alongside.topics.promises import api as promises
from alongside.topics.voice import api as voice

api = made(
    [
        ("people", people.router),
        ("decisions", decisions.router),
        ("promises", promises.router),
        ("voice", voice.router),
        *(
            ("this-place", each.router)
            for each in (who_decides, agreed, second_person, legal_reasons, checks, waits, how_made)
        ),
    ]
)
urlpatterns = api.urls[0]
