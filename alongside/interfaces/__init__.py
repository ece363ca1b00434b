"""The first floor: turns any command into a form, an endpoint, a line to type, a letter."""
