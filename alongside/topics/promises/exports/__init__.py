"""What leaves the house about promises: letters to people, and the public registers."""

from alongside.topics.promises.exports.letters import letter_about
from alongside.topics.promises.exports.registers import promises
from alongside.topics.promises.exports.stated import protocols, statements, tests

__all__ = ["letter_about", "promises", "protocols", "statements", "tests"]
