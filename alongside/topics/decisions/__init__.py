"""Decisions: what may change in one person's life, or in a service or place, and who said what about it.

A decision waits for the people whose life, home or money it is. `guard.py` says when it may be made, in one
place; every command that makes one asks it, and so does the page that tells a worker what to do instead.
"""
