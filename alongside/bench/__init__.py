"""How fast this is, measured against others on the same machine, disk and terms: `alongside bench`.

Every row is of two things measured in turn, round after round, in programs of their own. Both keep what
they write equally safe: SQLite with WAL and synchronous=FULL, PostgreSQL with fsync on. The figure that
counts is the median of the rounds' ratios; the rates beside it say only how the machine was that day.
"""
