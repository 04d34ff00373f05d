"""Unpacking of the text that PRSM saves since 2024: LZ-string in its UTF-16 form, a published algorithm.

Every letter carries 15 bits. Codes grow from 3 bits; 0 and 1 bring in a new letter of 8 or 16 bits, 2 ends
the text, and every other code is a phrase met before (LZ78, with the case of a phrase that is being made).
"""

from __future__ import annotations

#: The lowest letter that stands for bits: those below it are control characters and space.
_OFFSET = 32
_BITS = 15
_END = 2
_FIRST_PHRASE = 3


class NotPacked(ValueError):
    """The text is not LZ-string, or was cut short."""


class TooMuch(ValueError):
    """The text would unpack to more than is allowed."""


class _Bits:
    """The bits of a packed text, the lowest of each number first."""

    def __init__(self, packed: str) -> None:
        self._values = [ord(letter) - _OFFSET for letter in packed]
        self._at = 0

    def number(self, width: int) -> int:
        """The next number of that many bits."""
        value = 0
        for power in range(width):
            word, bit = divmod(self._at, _BITS)
            if word >= len(self._values) or not 0 <= self._values[word] < 1 << _BITS:
                raise NotPacked
            value |= (self._values[word] >> (_BITS - 1 - bit) & 1) << power
            self._at += 1
        return value


def unpacked(packed: str, most: int) -> str:
    """The text that was packed.

    Args:
        packed: letters of 15 bits each.
        most: how many letters it may become.

    Raises:
        NotPacked: it is not LZ-string or ends too soon.
        TooMuch: it would become more than `most` letters.
    """
    bits = _Bits(packed)
    phrases: list[str] = [""] * _FIRST_PHRASE
    code = bits.number(2)
    if code == _END:
        return ""
    phrase = _new_letter(bits, code)
    phrases.append(phrase)
    found, length, width, room = [phrase], len(phrase), 3, 4
    while (code := bits.number(width)) != _END:
        if code < _END:
            phrases.append(_new_letter(bits, code))
            code = len(phrases) - 1
            room -= 1
            if room == 0:
                room, width = 1 << width, width + 1
        if code > len(phrases):
            raise NotPacked
        following = phrases[code] if code < len(phrases) else phrase + phrase[0]
        found.append(following)
        length += len(following)
        if length > most:
            raise TooMuch
        phrases.append(phrase + following[0])
        phrase = following
        room -= 1
        if room == 0:
            room, width = 1 << width, width + 1
    # JavaScript counts in halves of letters beyond the first 65,536; put them together.
    return "".join(found).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _new_letter(bits: _Bits, code: int) -> str:
    if code > 1:
        raise NotPacked
    return chr(bits.number(8 if code == 0 else 16))
