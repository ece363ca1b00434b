"""Voice: who asked to be heard and was; resolutions word for word; feedback with no account.

Practitioners who speak up without danger; and the questions that councillors ask. Each has a clock, and a
reply with its reasons.
"""
