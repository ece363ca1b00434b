"""The words that every note holds, on both sides: about as long as people write in one box."""

WORDS = (
    "Rosa would like her morning help at eight, not at ten, so that she can go to the choir on Tuesdays. "
    "She told us on the telephone, and asked that the same two people keep coming. We said we would ask "
    "them this week and ring her back by Friday afternoon, whatever they say."
)
