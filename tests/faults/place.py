"""A place on a home of its own, made ready and read again by a program of its own, as after a crash.

python -m tests.faults.place ready     builds the cast and one decision, and prints what a caller needs
python -m tests.faults.place entries   prints the id and the kind of every entry
python -m tests.faults.place write     does small things through the door until it is stopped
"""

import json
import resource
import sys
from uuid import UUID

import django

KIND = "decisions.question_asked"


def ready() -> None:
    from alongside.interfaces.verbs.serve import make_ready
    from alongside.kernel.door import do
    from alongside.topics.decisions.commands import RaiseDecision
    from tests.tokens import own_token_of
    from tests.world import world

    make_ready()
    cast = world()
    assert cast.rosa.person is not None
    raised = RaiseDecision(person=cast.rosa.person, what="Five days instead of seven", change="cut")
    decision = do(raised, by=cast.ken).thing
    token = own_token_of(cast.rosa)
    print(json.dumps({"token": token, "council": str(cast.council), "decision": str(decision)}))


def entries() -> None:
    from tests.written import written

    found = [(str(each.id), each.kind) for each in written()]
    print(json.dumps(found))


def write(decision: str) -> None:
    """Ask question after question. Each answer from the door is one line: the entry, or what went wrong.

    A line on standard input moves the limit on the size of a file, in bytes; "more" takes it away.
    """
    from django.db import Error

    from alongside.kernel.door import do
    from alongside.kernel.policy import Actor
    from alongside.topics.decisions.commands import AskQuestion
    from tests.world import named

    rosa = Actor(person=named("rosa"))
    for order in sys.stdin:
        most = -1 if order.strip() == "more" else int(order)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, -1))
        for _turn in range(40):
            try:
                done = do(AskQuestion(decision=UUID(decision), words="Why? " * 200), by=rosa)
                print(done.entry, flush=True)
            except (Error, OSError) as error:
                print(f"error {type(error).__name__}: {error}", flush=True)
        print("turn", flush=True)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "write":
        write(sys.argv[2])
    elif sys.argv[1] == "ready":
        ready()
    else:
        entries()
