"""Alongside: the record that people who draw on care and support share with those who support them."""

__version__ = "0.2.0"
