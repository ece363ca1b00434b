"""Saying how far a long piece of work has come, to a person at a terminal and to nobody else."""

import sys


class Counting:
    """A counter that writes over its own line, where there is a terminal to write on."""

    def __init__(self, what: str) -> None:
        self.what, self.shown = what, False

    def __call__(self, count: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{count:,} {self.what}…", end="", file=sys.stderr, flush=True)
            self.shown = True

    def end(self) -> None:
        """Clear the line."""
        if self.shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
