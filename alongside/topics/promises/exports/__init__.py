"""What leaves the house about promises: letters to people, and the public register."""

from alongside.topics.promises.exports.letters import letter_about
from alongside.topics.promises.exports.registers import promises

__all__ = ["letter_about", "promises"]
