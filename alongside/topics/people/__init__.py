"""Who is who, who speaks for whom, who may see what, and how each person is safely told.

This is the room all others stand on: a role is a relationship to a person or a body, with a beginning, an
end and a reason, and never a kind of account.
"""
