"""The made-up place: Wexmoor, its people and a year of their decisions, built through the door.

Nobody here is real. Stories are told side by side, in the order of their days; what each leaves open on the
last day is what a visitor finds.
"""
