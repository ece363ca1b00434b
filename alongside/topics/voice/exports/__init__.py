"""What leaves the house about voice: the public register of requests to be heard."""

from alongside.topics.voice.exports.registers import hearings

__all__ = ["hearings"]
