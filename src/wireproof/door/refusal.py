"""The door's one answer for bytes that are not what was asked."""

from __future__ import annotations

from wireproof.exchange import Origin, Unreadable

__all__ = ["UNDECIDED", "Refusal"]

UNDECIDED = frozenset({"depth", "digits", "expansion", "notes", "size", "unsupported"})
"""The reasons that tell of a limit, not of a defect: what they stop is undecided."""

_HINTS = {
    "binary": "capture the body after the client has decoded it, or name the file that holds the text",
    "comments": "take the comments out, or capture the answer itself, not a page's sample",
    "compressed": "capture the body after the client has decoded it (curl: --compressed)",
    "depth": "nothing that deep is judged; look at how the body was made",
    "digits": "a number that long is not judged; look at how the body was made",
    "empty": "check that the capture wrote the body; an empty answer needs a recording with its status",
    "encoding": "save it as UTF-8, the only encoding that JSON may have on the wire",
    "events": "this is a stream of server-sent events: keep the JSON after `data:` of one event",
    "expansion": "a body that unfolds that far is not judged; look at it with a tool that streams",
    "markup": "look at what answered: a login page, an error page of a gateway, a wrong URL",
    "notes": "look at how the body was made: it is ambiguous in very many places",
    "single-quotes": "write double quotes: this may be a printed Python or JavaScript value",
    "size": "split it, or capture a smaller answer",
    "text": "check that it is the body of an answer, as the provider sent it",
    "trailing-comma": "take the comma before the closing bracket out",
    "truncated": "capture it again: its end is missing (a limit of the recorder, a connection that closed)",
    "two-values": "put each document on a line of its own (JSON Lines), or in a file of its own",
    "unsupported": "install the extra that reads it: pip install 'wireproof[compression]'",
}


class Refusal(Exception):  # noqa: N818 - an answer about data, not an error of the program
    """Bytes that cannot be read as what was asked, and why.

    `reason` is a short id (`truncated`, `markup`, `depth`), `message` a sentence for a person
    that shows no value of the document; `byte` counts from 0, `line` and `column` from 1.
    `began` is the line and column where what the message speaks of begins.
    """

    def __init__(
        self,
        reason: str,
        message: str,
        *,
        byte: int | None = None,
        line: int | None = None,
        column: int | None = None,
        began: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(reason, message)
        self.reason = reason
        self._message = message
        self._began = began
        self.byte = byte
        self.line = line
        self.column = column

    @property
    def message(self) -> str:
        """Return the sentence for a person."""
        return self._sentence(1)

    @property
    def undecided(self) -> bool:
        """Return whether a limit was hit, so that nothing is known about the rest."""
        return self.reason in UNDECIDED

    @property
    def hint(self) -> str:
        """Return what to do about it."""
        return _HINTS.get(self.reason, "mend the document at that place, or capture it again")

    def to_unreadable(self, origin: Origin, *, expected: str, byte: int = 0, line: int = 1) -> Unreadable:
        """Return the refusal as a record's fate; `byte` and `line` are where the record begins."""
        return Unreadable(
            origin,
            self._sentence(line),
            expected,
            self.hint,
            byte=byte + (self.byte or 0),
            line=line + (self.line or 1) - 1,
        )

    def __str__(self) -> str:
        """Return the sentence for a person."""
        return self.message

    def _sentence(self, first_line: int) -> str:
        if self._began is None:
            return self._message
        line, column = self._began
        return f"{self._message} that began at line {line + first_line - 1}, column {column}"

    def __repr__(self) -> str:
        """Return the refusal as it would be built."""
        return f"Refusal({self.reason!r}, {self.message!r}, byte={self.byte}, line={self.line})"
