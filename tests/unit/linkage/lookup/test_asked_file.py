"""What is known of somebody, read from a file: as JSON or CSV, and told plainly where it is neither."""

from __future__ import annotations

from datetime import date

import pytest

from roundtable.errors import UserError
from roundtable.linkage.lookup.asked import FILLS, Asked
from roundtable.linkage.lookup.asked_file import MOST, asked_in
from roundtable.linkage.lookup.clean_one import sent_of

WANTED = Asked(given="Tamsin", surname="O'Tarn", born=date(2001, 2, 3), nhs="9990000018")


@pytest.mark.parametrize(
    "text",
    [
        '{"given": "Tamsin", "surname": "O\'Tarn", "born": "2001-02-03", "nhs": 9990000018}',
        '{"given_name": " Tamsin ", "surname": "O\'Tarn", "born": "2001-02-03", "NHS number": "9990000018"}',
        "given,surname,born,nhs\nTamsin,O'Tarn,2001-02-03,9990000018\n",
        '\ufeffgiven,surname,born,nhs,email\r\n"Tamsin",O\'Tarn,2001-02-03,9990000018,\r\n',
    ],
)
def test_it_is_read_as_json_or_as_csv(text: str) -> None:
    assert asked_in(text.encode(), "told") == WANTED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "0 lines"),
        ("given\nTamsin\nOsric\n", "3 lines"),
        ("given,surname\nTamsin\n", "not of one length"),
        ('{"given": "Tamsin"', "not JSON"),
        ("[" * 100_0 + "]" * 1000, "lines"),
        ('{"nhs": ' + "9" * 5_000 + "}", "not JSON"),
        ('{"given": ["Tamsin"]}', "no text"),
        ('{"given": true}', "no text"),
        ('{"given": "Tamsin", "given": "Osric"}', "said twice"),
        ('{"given": "Tamsin", "given_name": "Osric"}', "said twice"),
        ("given,given\nTamsin,Osric\n", "said twice"),
        ('{"born": "03/02/2001"}', "not a day"),
        ('{"givn": "Tamsin"}', "no part 'givn'"),
        ('{"Tamsin O\'Tarn": "x"}', "a part that is not known"),
        ('"unclosed\nTamsin', "not CSV"),
    ],
)
def test_what_is_wrong_is_told_without_a_value(text: str, said: str) -> None:
    with pytest.raises(UserError) as raised:
        asked_in(text.encode(), "told")
    message = str(raised.value)
    assert said in message
    assert "Tamsin" not in message


def test_a_file_of_more_than_one_person_is_not_read() -> None:
    with pytest.raises(UserError, match="more than"):
        asked_in(b"x" * (MOST + 1), "told")


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(UserError, match="not UTF-8"):
        asked_in("given\nJosé\n".encode("latin-1"), "told")


def test_every_part_fills_a_column_of_a_record() -> None:
    told = dict.fromkeys(FILLS, "x") | {"born": date(2001, 2, 3), "dataset": "calls"}
    sent = sent_of(Asked(**told), address_id="a" * 32)  # type: ignore[arg-type]
    assert sent["date_of_birth"] == "2001-02-03"
    assert {sent[column] for part, column in FILLS.items() if part != "born"} == {"x"}
    assert (sent["dataset"], sent["address_id"]) == ("calls", "a" * 32)
    assert Asked(**told).items()[0] == "given"  # type: ignore[arg-type]
