"""What the guard looks at of rows that a matter may have by the thousand: so much is read, and no more."""

LOOKED_AT: dict[str, tuple[str, ...]] = {
    "Affected": ("decision", "person", "waits", "size", "said_dead_by"),
    "Offer": ("decision", "person", "what", "channel", "is_live"),
    "View": (
        "decision",
        "person",
        "said_by",
        "is_spoken_for",
        "is_declining",
        "is_of_body",
        "position",
        "option",
        "instead",
        "taken",
        "shape",
        "said_at",
        "typist",
        "is_trusted",
        "confirmed_by",
    ),
}
