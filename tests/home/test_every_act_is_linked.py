"""Whatever a person may do by a form, some page leads there: nobody has to know an address by heart."""

import ast
import re
from pathlib import Path

import alongside
from alongside.interfaces.asking import askable
from alongside.kernel.command import Command
from alongside.kernel.policy import Rule, the_installation

HOUSE = Path(alongside.__file__).parent
NO_PAGES = {"commands", "migrations", "made_up", "bench", "api", "verbs", "models", "policy", "engine"}
NAMED = re.compile(r"""['"/]([a-z]+\.[a-z_]+)""")
REGISTERS = {"SEEN_BY_ALL", "ONLY_THEIRS"}  # what is told once it was done; they lead nowhere
# What no page leads to by a form of its own, and how it is done instead.
IN_ANOTHER_WAY = {
    "people.code_used": "A code is typed at /code/; that page takes it.",
    "people.organisation_added": "Bodies are added at the terminal, once for a place: `alongside people`.",
    "promises.import_started": "A file is brought in at /import/, as a whole.",
    "promises.import_finished": "The last step of a file that is brought in.",
    "promises.promise_claimed": "One row of a file that is brought in.",
    "promises.decision_reported": "One row of a file that is brought in.",
}


def led_to() -> set[str]:
    """Every kind of act that a page or a template names, and every command that a page sends itself."""
    found: set[str] = set()
    for path in HOUSE.rglob("*"):
        inside = set(path.relative_to(HOUSE).with_suffix("").parts)
        if inside & NO_PAGES or path.name == "site.py":
            continue
        if path.suffix == ".html":
            found |= set(NAMED.findall(path.read_text()))
        elif path.suffix == ".py":
            found |= set(_named(ast.parse(path.read_text())))
    return found


def _named(tree: ast.Module) -> list[str]:
    lists = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    told = {one for node in lists if _called(node) & REGISTERS for one in ast.walk(node)}
    words = [node for node in ast.walk(tree) if node not in told]
    names = [node.func.id for node in words if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    kept = [node for node in words if isinstance(node, ast.Name)]
    texts = [node.value for node in words if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [*texts, *names, *(node.id for node in kept)]


def _called(node: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {one.id for one in targets if isinstance(one, ast.Name)}


def is_linked(command: type[Command], named: set[str]) -> bool:
    return bool({command.records, command.records.partition(".")[2], command.__name__} & named)


def is_the_clocks(may: Rule) -> bool:
    """Whether only Alongside itself does it, whatever else is asked beside that."""
    if may is the_installation:
        return True
    return may.parts is not None and may.parts[0] == "&" and any(map(is_the_clocks, may.parts[1]))


def by_hand() -> list[type[Command]]:
    """The commands that somebody may send, and not the clock alone."""
    ours = (one for one in askable() if one.__module__.startswith("alongside."))
    return [one for one in ours if not is_the_clocks(one.may)]


def test_some_page_leads_to_whatever_a_person_may_do() -> None:
    named = led_to()
    nowhere = [one.records for one in by_hand() if not is_linked(one, named)]
    assert sorted(nowhere) == sorted(IN_ANOTHER_WAY), set(nowhere) ^ set(IN_ANOTHER_WAY)


def test_an_act_that_is_only_told_of_is_not_taken_for_one_that_is_led_to() -> None:
    register = 'SEEN_BY_ALL = {f"decisions.{kind}" for kind in ["stepped_back"]}\n'
    assert "stepped_back" not in _named(ast.parse(register))
    assert "stepped_back" in _named(ast.parse('tools = [act("stepped_back")]'))
