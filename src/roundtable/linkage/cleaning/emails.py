"""E-mail addresses."""

from __future__ import annotations

import re

from roundtable.linkage.cleaning.rule import Rule, Tells

_FORM = re.compile(r"[^@\s,;]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}")
_NOBODY = re.compile(
    r"(?:no|none|no-?reply|no-?e-?mail|not-?known|unknown|refused|declined|na|n/a|test|x+)@.*"
)


def _plain(text: str) -> str:
    return text[:330].strip().strip("<>").lower().removeprefix("mailto:").strip()


def _formed(text: str) -> str | None:
    return text if _FORM.fullmatch(text) else None


def _somebodys(text: str) -> str | None:
    return None if _NOBODY.fullmatch(text) else text


EMAIL_RULES = (
    Rule(
        "email-plain",
        "In small letters, without what a program puts round it.",
        ((" <A.B@Example.org>", "a.b@example.org"),),
        _plain,
    ),
    Rule(
        "email-form",
        "What has no name, @ and host is null.",
        (("a.b", None), ("a@example.org", "a@example.org")),
        _formed,
        Tells.REFUSED,
    ),
    Rule(
        "email-nobody",
        "none@, noemail@ and their like are nobody's.",
        (("none@example.org", None), ("noreply@example.org", None), ("nora@example.org", "nora@example.org")),
        _somebodys,
        Tells.REFUSED,
    ),
)
