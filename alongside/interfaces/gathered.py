"""The programs that Jinja2 makes of our templates, in the form that runs quickest here.

Jinja2 has each block hand up every part of a page by itself, through each block around it. Here a block
gathers its parts and hands them over once; and what is looked up for each part is looked up once in a block.
What a page says is the same.
"""

from __future__ import annotations

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

PARTS = "parts"  # the parts that a block has gathered, in its program


class Gathering(CodeGenerator):
    """Writes the program of a template whose environment makes each value harmless by `finalize`."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("found, shown, plain = environment.getattr, environment.finalize, environment.plain")

    def enter_frame(self, frame: Frame) -> None:
        if frame.parent is None:  # a page, or a block of it
            frame.buffer = PARTS
            self.writeline(f"{PARTS} = []")
        super().enter_frame(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        super().leave_frame(frame, with_python_scope)
        if frame.parent is None:
            self.writeline(f"yield concat({PARTS})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Most of what a page shows are plain values that a dictionary holds: they are taken at once."""
        self.write("(of_it if type(it := ")
        self.visit(node.node, frame)
        name = repr(node.attr)
        self.write(f") is dict and type(of_it := it.get({name})) in plain else found(it, {name}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("shown(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")
