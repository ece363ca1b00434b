"""One module a verb: what can be typed after `alongside` on a terminal."""
