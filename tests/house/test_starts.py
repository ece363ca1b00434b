"""A program at a terminal reads in what its verb needs, and nothing that only a page or a letter does."""

import subprocess
import sys
from pathlib import Path

import pytest

from alongside.interfaces.cli import NOT_READY
from alongside.kernel.command import COMMANDS
from tests.serving import surroundings

pytestmark = pytest.mark.house

NOT_AT_A_TERMINAL = {  # what may not be read in, and who needs it
    "alongside.addresses": "pages",
    "alongside.for_programs": "the API",
    "alongside.interfaces.page": "pages",
    "alongside.interfaces.form": "pages",
    "alongside.interfaces.api": "the API",
    "allauth.mfa.webauthn.views": "the pages of the passkey",
    "fido2": "passkeys",
    "jinja2": "drawn pages",
    "ninja": "the API",
    "PIL": "the square on a letter",
    "psycopg": "PostgreSQL",
    "qrcode": "the square on a letter",
    "waitress": "serving",
    "weasyprint": "letters",
    "whitenoise": "serving",
}
READ_IN = """
import sys
from alongside.interfaces.cli import main
main(sys.argv[1:])
print(*sys.modules, sep="\\n")
"""


@pytest.mark.parametrize("line", ["work --once", "verify", "do --list", "import decisions no.csv"])
def test_a_program_at_a_terminal_reads_in_no_page(line: str, tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", READ_IN, *line.split()],
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    # What shows that it came as far as its work: for most, that the first table it asked for is not there.
    begun = {"do --list": "", "import decisions no.csv": "There is no file no.csv."}
    assert begun.get(line, NOT_READY) in said.stderr
    read = set(said.stdout.split("\n"))
    assert "alongside.topics.decisions.commands" in read
    needless = {name: whose for name, whose in NOT_AT_A_TERMINAL.items() if name in read}
    assert not needless, (
        f"`alongside {line}` reads in what only others need: {needless}. Name it by its path on the wiring "
        "page, or import it in the function that needs it. `python -X importtime` shows who asked for it."
    )


def test_what_checks_a_command_can_be_built_for_every_command() -> None:
    """It is built when the first of its kind is made, so that a program starts without: here all are."""
    assert len(COMMANDS) > 300
    for command in COMMANDS.values():
        command.model_rebuild()
        assert command.__pydantic_complete__, command.records
