"""The front of the house: the page anybody meets first, your own page, and what we say about ourselves."""
