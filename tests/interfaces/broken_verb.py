"""A verb with a fault in it, to see that the fault is not hidden."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes no words."""


def run(arguments: argparse.Namespace) -> int:
    return 1 // len(vars(arguments))
