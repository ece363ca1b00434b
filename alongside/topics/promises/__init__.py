"""Promises: who will do what, for whom, by when. Only the people a promise was made to say whether it was
kept; its owner reports how far it has come, never the verdict. Silence is never "kept". What other systems
say they promised or decided is kept here too, as a claim, with the file and the row it came from.
"""
