"""What anybody may take away: the public registers as JSON and CSV, and a feed of what is new.

Services and places only. A register is declared by the room whose rows it shows, as a visitor sees them,
and listed in the wiring page's REGISTERS.
"""

from alongside.interfaces.open_data.pages import urls
from alongside.interfaces.open_data.register import Column, News, Register

__all__ = ["Column", "News", "Register", "urls"]
