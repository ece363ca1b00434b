"""How a message leaves the house: one small file a way, and `deliver` to choose it.

Accepted means that a provider, or the folder, has it; it never means that the person was told. What is said
about a failure holds no word about anybody, so it can be kept.
"""

from .message import Channel, Message, Receipt, Status, limits_broken, was_silence
from .notice import Notice, neutral_notice
from .sending import adapter_for, deliver, is_followed, way_out_of, what_became

__all__ = [
    "Channel",
    "Message",
    "Notice",
    "Receipt",
    "Status",
    "adapter_for",
    "deliver",
    "is_followed",
    "limits_broken",
    "neutral_notice",
    "was_silence",
    "way_out_of",
    "what_became",
]
