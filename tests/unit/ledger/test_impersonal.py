"""What looks like an identifier never gets into the audit chain; ids of our own always do."""

from pathlib import Path

import pytest

from roundtable.ledger import audit
from roundtable.ledger.impersonal import looks_like

PERSONAL = {
    "sent to ann.other@example.org": "an e-mail address",
    "lives in ZY12 3AB": "a postcode",
    "number 999 123 4560": None,
    "number 943 476 5919": "an NHS number",
    "9434765919": "an NHS number",
    "ring 07700 900123": "a telephone number",
    "ring +44 1632 960001": "a telephone number",
    "at 100012345678": "a UPRN",
}
OURS = (
    "snapshot 12",
    "a3f1c0ffee9434765919beef",
    "9434765919abcdef",
    "2026-11-23T15:04:05.123456+00:00",
    "run 7",
    "12,345,678,901 rows",
    "0.123456789012",
)


@pytest.mark.parametrize(("text", "kind"), PERSONAL.items())
def test_an_identifier_is_known_by_its_look(text: str, kind: str | None) -> None:
    assert looks_like(text) == kind


@pytest.mark.parametrize("text", OURS)
def test_our_own_ids_and_figures_are_none(text: str) -> None:
    assert looks_like(text) is None


@pytest.mark.parametrize(
    "detail", [{"to": "a@example.org"}, {"a@example.org": 1}, {"deep": [{"x": "ZY12 3AB"}]}]
)
def test_an_event_that_holds_one_is_refused(ledger: Path, detail: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="may not hold"):
        audit.append("thing.done", "thing", detail)
    with pytest.raises(ValueError, match="a postcode"):
        audit.append("thing.done", "home at ZY12 3AB", {})
    assert audit.head().sequence == 0
