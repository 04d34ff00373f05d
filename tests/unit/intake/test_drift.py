"""What is proposed when a delivery does not fit its contract, and what is never in a proposal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from roundtable.data.intake.drift import Change, Kind
from roundtable.data.intake.proposals import adopt, proposal_file, write_proposal
from roundtable.errors import SettingUnusable
from roundtable.ledger import deliveries
from tests.factories_intake import DropOff, crime_columns, crimes, good_rows
from tests.factories_people import KEYRING, incident, incident_file, incidents

EXAMPLE = Path(__file__).parents[3] / "examples" / "north-yorkshire"


def proposed(drop_off: DropOff, dataset: str = "crimes") -> list[dict[str, object]]:
    (receipt,) = drop_off.receive().values()
    path = proposal_file(drop_off.folder, dataset, receipt.delivery_id)
    if not path.is_file():
        return []
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert (said["dataset"], said["delivery"]) == (dataset, receipt.delivery_id)
    record = deliveries.known(receipt.delivery_id)
    assert record is not None
    assert sorted(record.drift) == sorted({one["why"] for one in said["changes"]})
    return [{"column": one["column"], "change": one["change"], "to": one["to"]} for one in said["changes"]]


def test_a_header_that_drifted_is_proposed_column_by_column(drop_off: DropOff) -> None:
    content = good_rows(2).replace(b"id,month,east,north,kind,note", b"id,months,ward,north,kind,note", 1)
    drop_off.deliver("crimes", "2024-01.csv", content)
    assert proposed(drop_off) == [
        {"column": "east", "change": "remove-column", "to": []},
        {"column": "month", "change": "rename-header", "to": ["months"]},
        {"column": "ward", "change": "add-column", "to": []},
    ]


@pytest.mark.parametrize("limit", [0.0, 1.0])
def test_new_codes_and_another_format_are_proposed_whether_it_was_taken_or_not(
    drop_off: DropOff, limit: float
) -> None:
    drop_off.agree(crimes(quarantineLimit=limit))
    rows = (
        good_rows(20)
        .replace(b"Robbery", b"Arson")
        .replace(b",2024-01,", b",202401,")
        .replace(b"202401", b"13/01/2024")
    )
    drop_off.deliver("crimes", "2024-01.csv", rows)
    assert proposed(drop_off) == [
        {"column": "kind", "change": "add-codes", "to": ["Arson"]},
        {"column": "month", "change": "set-format", "to": ["dd/MM/yyyy"]},
    ]


def test_a_day_that_may_be_a_month_proposes_nothing(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(20).replace(b",2024-01,", b",03/04/2024,"))
    assert proposed(drop_off) == []


def test_a_value_that_is_rare_long_or_looks_like_a_person_is_not_told(drop_off: DropOff) -> None:
    odd = (b"Mary Featherby", b"somebody@example.org", b"x" * 41)
    rows = b"".join(
        b"r,2024-01,,,%s,\n" % value for value in odd for _ in range(1 if value is odd[0] else 20)
    )
    drop_off.agree(crimes(quarantineLimit=1))
    drop_off.deliver("crimes", "2024-01.csv", good_rows(20) + rows)
    assert proposed(drop_off) == []


def test_no_value_of_a_person_is_in_a_proposal(drop_off: DropOff) -> None:
    drop_off.keyring = KEYRING
    drop_off.agree(incidents())
    rows = [incident(f"i{n}", born="1981-06-17", sex="female", family="Featherby") for n in range(20)]
    drop_off.deliver("incidents", "2025-04.csv", incident_file(*rows))
    assert proposed(drop_off, "incidents") == [
        {"column": "born", "change": "set-format", "to": ["yyyy-MM-dd"]},
    ]
    (path,) = (drop_off.folder / ".roundtable" / "proposals").iterdir()
    text = path.read_text(encoding="utf-8")
    assert not any(value in text for value in ("Featherby", "female", "1981"))


def test_a_proposal_goes_when_the_delivery_fits(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(40).replace(b"Robbery", b"Arson"))
    assert proposed(drop_off)
    kind = crime_columns()[4]
    kind["customProperties"][0]["value"]["codes"] = ["Burglary", "Arson"]
    drop_off.agree(crimes(columns=crime_columns(kind=kind)))
    assert proposed(drop_off) == []


CONTRACT = """\
# A comment that stays.
apiVersion: v3.1.0
kind: DataContract
id: crimes
schema:
  - name: street
    properties:
      - name: month   # and this
        logicalType: date
        logicalTypeOptions: {format: yyyy-MM}
      - name: kind
        customProperties:
          - property: roundtable
            value: {canonical: code, codes: [Burglary, Robbery]}
      - name: east
"""


def test_a_person_can_adopt_it_and_the_rest_of_the_contract_stays(drop_off: DropOff) -> None:
    contract = drop_off.folder / "datasets" / "crimes.yaml"
    contract.parent.mkdir()
    contract.write_text(CONTRACT, encoding="utf-8")
    drop_off.agree(crimes(quarantineLimit=1))
    rows = good_rows(40).replace(b"Robbery", b"Arson").replace(b",2024-01,", b",13/01/2024,")
    drop_off.deliver("crimes", "2024-01.csv", rows)
    (receipt,) = drop_off.receive().values()
    changed, why = adopt(drop_off.folder, f"crimes-{receipt.delivery_id}.yaml")
    assert changed == contract and len(why) == 2
    text = contract.read_text(encoding="utf-8")
    assert "# A comment that stays." in text and "# and this" in text
    (table,) = yaml.safe_load(text)["schema"]
    assert table["properties"][0]["logicalTypeOptions"]["format"] == "dd/MM/yyyy"
    assert table["properties"][1]["customProperties"][0]["value"]["codes"] == ["Burglary", "Robbery", "Arson"]


def test_a_change_that_would_leave_the_folder_unusable_is_not_made(tmp_path: Path) -> None:
    """A column with another header is told as one gone and one come; agreements name the one that is gone."""
    folder = tmp_path / "county"
    shutil.copytree(EXAMPLE, folder)
    contract = folder / "datasets" / "fire-incidents.yaml"
    before = contract.read_bytes()
    gone = Change("incidents", "uprn", Kind.REMOVE, (), "the column 'UPRN' is not there")
    write_proposal(folder, "fire-incidents", "0" * 16, [gone])
    with pytest.raises(SettingUnusable, match="has no column 'uprn'"):
        adopt(folder, f"fire-incidents-{'0' * 16}.yaml")
    assert contract.read_bytes() == before


def test_a_proposal_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingUnusable, match="there is no proposal"):
        adopt(tmp_path, "crimes-0.yaml")
