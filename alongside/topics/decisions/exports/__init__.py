"""What leaves the house about decisions: letters to people, and the public registers."""

from alongside.topics.decisions.exports.bundle import letter_of_bundle
from alongside.topics.decisions.exports.changes import changes, problems
from alongside.topics.decisions.exports.letters import letter_about
from alongside.topics.decisions.exports.registers import decisions

__all__ = ["changes", "decisions", "letter_about", "letter_of_bundle", "problems"]
