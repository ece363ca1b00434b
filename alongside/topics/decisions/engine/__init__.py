"""Mathematics and rules over plain values: no database, no page."""
