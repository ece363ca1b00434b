"""A template in Django's spelling, put into Jinja2's.

It is put over for one language at a time: a sentence of ours stands in the page as it is said there, with its
gaps, so that nothing is left to look up when the page is drawn. Only what our pages use is put over. All else
is refused, so that Django draws it: a template that means something else in Jinja2 is never drawn by it. Both
read the same file, where people, translators and the tests of words find the sentences as they always were.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.template import engines
from django.template.base import Lexer, Token, TokenType
from django.utils.text import unescape_string_literal
from django.utils.translation import gettext

OURS = "drawn_"  # before the name of what is called, so that no value of a page stands in its place
CALLED = {"place", "title_mark", "navigation", "seen_as", "other_languages", "page_is_easy", "easy_check"}
CALLED |= {"get_current_language", "lang_of_page", "static", "action", "may", "bar", "drawn"}
FILTERS = {
    "day",
    "day_of_week",
    "month",
    "moment",
    "money",
    "number",
    "listing",
    "is_past",
    "ring",
    "unlocalize",
    "truncatewords",
    "join",
    "length",
    "urlencode",
}
FILTERS |= {f"count_{what}" for what in ("decisions", "promises", "people", "views", "days", "hours")}
FILTERS |= {"count_times", "count_things"}


class NotDrawable(Exception):
    """A template uses something that Django alone draws. The message says what, and where."""


def source_of(name: str) -> str:
    """What stands in the template of this name."""
    backend: Any = engines["django"]
    found: str = backend.engine.get_template(name).source
    return found


_PIPE = re.compile(r"""((?:[^|"']|"[^"]*"|'[^']*')+)""")
_GAP = re.compile(r"(%\(\w+\)s|%%)")
_LOOP = {"forloop.counter": "loop.index", "forloop.first": "loop.first", "forloop.last": "loop.last"}
_SAME = {"else", "endif", "endfor", "endblock", "endwith"}
_SIGNS = {"and", "or", "not", "in", "is", "==", "!=", "<", ">", "<=", ">="}
_NOTHING = {"load", "whole_language", "end_whole_language"}


def spelt(source: str, name: str) -> str:
    """A template in Jinja2's spelling, and in the language of this moment."""
    tokens = iter(Lexer(source).tokenize())
    try:
        return "".join(_spelt(tokens))
    except NotDrawable as problem:
        raise NotDrawable(f"{name}: {problem}") from None


def _spelt(tokens: Iterator[Token]) -> Iterator[str]:
    for token in tokens:
        if token.token_type == TokenType.TEXT:
            yield token.contents
        elif token.token_type == TokenType.VAR:
            yield f"{{{{ {_value(token.contents)} }}}}"
        elif token.token_type == TokenType.BLOCK:
            yield _tag(token, tokens)


def _tag(token: Token, tokens: Iterator[Token]) -> str:
    tag, *words = token.split_contents()
    if tag in _NOTHING:
        return ""
    if tag in _SAME:
        return f"{{% {tag} %}}"
    if tag in CALLED:
        return _called(tag, words)
    make = _TAGS.get(tag)
    if make is None:
        raise NotDrawable(f"{{% {token.contents} %}}")
    return make(words, tokens)


def _value(text: str) -> str:
    """`row.name|filter:"x"` as Jinja2 has it."""
    parts = [part.strip() for part in _PIPE.findall(text)]
    found = _LOOP.get(parts[0], parts[0])
    if found.startswith(("forloop", "block.")):
        raise NotDrawable(text)
    found = re.sub(r"^_\((.*)\)$", rf"{OURS}said[\1]", found)
    for part in parts[1:]:
        name, colon, given = part.partition(":")
        if name not in FILTERS:
            raise NotDrawable(text)
        found += f"|{name}({given})" if colon else f"|{name}"
    return found


def _given(words: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """(values, named values) of a tag."""
    named = [word.partition("=") for word in words if re.match(r"\w+=", word)]
    plain = [_value(word) for word in words if not re.match(r"\w+=", word)]
    return plain, [(name, _value(value)) for name, _sign, value in named]


def _called(function: str, words: list[str], **more: str) -> str:
    """A call whose answer is shown, or kept under the name after `as`."""
    kept = words[-1] if words[-2:-1] == ["as"] else ""
    plain, named = _given(words[:-2] if kept else words)
    given = ", ".join([*plain, *(f"{name}={value}" for name, value in [*named, *more.items()])])
    call = f"{OURS}{function}({given})"
    return f"{{% set {kept} = {call} %}}" if kept else f"{{{{ {call} }}}}"


def _url(words: list[str], tokens: Iterator[Token]) -> str:
    if words[-2:-1] != ["as"]:
        return _called("address", words, needed="true")
    if len(words) == 3 and words[0][0] in "\"'":
        return f"{{% set {words[-1]} = {OURS}found[{words[0]}] %}}"
    return _called("address", words)


def _include(words: list[str], tokens: Iterator[Token]) -> str:
    if "only" in words or (len(words) > 1 and words[1] != "with"):
        raise NotDrawable(f"include {' '.join(words)}")
    given = ", ".join(f"{name}={value}" for name, value in _given(words[2:])[1])
    return f"{{% with {given} %}}{_part(words[0])}{{% endwith %}}"


def _part(name: str) -> str:
    """A part of a page, in its place; or, where Django alone draws it, left until it is wanted."""
    if name[0] in "\"'":
        try:
            return spelt(source_of(name[1:-1]), name)
        except NotDrawable:
            pass
    return f"{{% include {_value(name)} %}}"


def _condition(tag: str) -> Callable[[list[str], Iterator[Token]], str]:
    return lambda words, tokens: f"{{% {tag} {' '.join(_compared(words))} %}}"


def _compared(words: list[str]) -> Iterator[str]:
    """The words of a condition. What comes after `is` has a name of its own in Jinja2, in small letters."""
    is_named = False
    for word in words:
        if is_named and word != "not":
            if word not in ("None", "True", "False"):
                raise NotDrawable(f"is {word}")
            yield word.lower()
        else:
            yield word if word in _SIGNS else _value(word)
        is_named = word == "is" or (is_named and word == "not")


def _for(words: list[str], tokens: Iterator[Token]) -> str:
    place = words.index("in")
    return f"{{% for {' '.join(words[:place])} in {_value(' '.join(words[place + 1 :]))} or [] %}}"


def _translate(words: list[str], tokens: Iterator[Token]) -> str:
    kept = words[-1] if words[-2:-1] == ["as"] else ""
    if len(words) != (3 if kept else 1) or words[0][0] not in "\"'":
        raise NotDrawable(f"translate {' '.join(words)}")
    if kept:
        return f"{{% set {kept} = {OURS}said[{words[0]}] %}}"
    said = in_this_language(unescape_string_literal(words[0]))
    return f"{{{{ {OURS}said[{words[0]}] }}}}" if "{" in said else said


def in_this_language(words: str) -> str:
    """A sentence of ours without gaps."""
    return gettext(words.replace("%", "%%")).replace("%%", "%")


def _with_gaps(message: str, filled: dict[str, str]) -> str | None:
    """A sentence as it is said in this language, each gap a value; None where it says anything else."""
    found = ""
    for piece in _GAP.split(gettext(message)):
        if piece.startswith("%("):
            if piece[2:-2] not in filled:
                return None
            found += f"{{{{ {filled[piece[2:-2]]} }}}}"
        elif piece == "%%":
            found += "%"
        elif "%" in piece or "{" in piece:
            return None
        else:
            found += piece
    return found


def _blocktranslate(words: list[str], tokens: Iterator[Token]) -> str:
    counter = words[words.index("count") + 1].partition("=")[0] if "count" in words else ""
    plain, given = _given([word for word in words if word not in ("with", "count", "and")])
    if plain:
        raise NotDrawable(f"blocktranslate {' '.join(words)}")
    named = dict(given)
    messages, gaps = [""], dict[str, str]()
    for token in tokens:
        if token.token_type == TokenType.TEXT:
            messages[-1] += token.contents.replace("%", "%%")
        elif token.token_type == TokenType.VAR:
            gaps[token.contents] = named.get(token.contents, token.contents)
            messages[-1] += f"%({token.contents})s"
        elif token.contents == "plural":
            messages.append("")
        elif token.contents == "endblocktranslate":
            break
        else:
            raise NotDrawable(f"{{% {token.contents} %}} in a sentence")
    if len(messages) != (2 if counter else 1) or any(not name.isidentifier() for name in gaps):
        raise NotDrawable(f"blocktranslate {' '.join(words)}")
    plainly = None if counter else _with_gaps(messages[0], gaps)
    if plainly is not None:
        return plainly
    filled = "{" + ", ".join(f'"{name}": {value}' for name, value in gaps.items()) + "}"
    quoted = ", ".join(repr(message) for message in messages)
    if counter:
        return f"{{{{ {OURS}told_many({quoted}, {named[counter]}, {filled}) }}}}"
    return f"{{{{ {OURS}told({quoted}, {filled}) }}}}"


def _comment(words: list[str], tokens: Iterator[Token]) -> str:
    for token in tokens:
        if token.contents == "endcomment":
            break
    return ""


_TAGS: dict[str, Callable[[list[str], Iterator[Token]], str]] = {
    "extends": lambda words, tokens: f"{{% extends {words[0]} %}}",
    "block": lambda words, tokens: f"{{% block {words[0]} %}}",
    "if": _condition("if"),
    "elif": _condition("elif"),
    "for": _for,
    "empty": lambda words, tokens: "{% else %}",
    "include": _include,
    "url": _url,
    "translate": _translate,
    "blocktranslate": _blocktranslate,
    "firstof": lambda words, tokens: f"{{{{ {' or '.join(_value(word) for word in words)} }}}}",
    "comment": _comment,
    "csrf_token": lambda words, tokens: f"{{{{ {OURS}csrf_field() }}}}",
    "with": lambda words, tokens: f"{{% with {', '.join('='.join(one) for one in _given(words)[1])} %}}",
}
