"""What leaves the house about voice: requests to be heard, councillors' questions, and resolutions."""

from alongside.topics.voice.exports.answers import questions, resolutions
from alongside.topics.voice.exports.registers import hearings

__all__ = ["hearings", "questions", "resolutions"]
