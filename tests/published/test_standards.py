"""What goes out of the North Yorkshire example is valid by the published schemas of each standard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft201909Validator, Draft202012Validator, FormatChecker

from roundtable.partnership.exchange.odcs import export_odcs
from roundtable.partnership.exchange.odcs_import import Completion, plan_odcs
from roundtable.partnership.exchange.open_referral import export_open_referral
from roundtable.partnership.exchange.open_referral_import import plan_open_referral
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.whole import Partnership
from tests.conftest import ROOT, SHARED_DATA
from tests.needs import needs

EXAMPLE = ROOT / "examples" / "north-yorkshire"
SCHEMAS = SHARED_DATA / "schemas"

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def partnership() -> Partnership:
    return load_partnership(EXAMPLE)


def _schema(name: str) -> Any:
    path = SCHEMAS / name
    needs(f"the schema {name}", path.is_file())
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_contract_that_goes_out_is_valid_odcs(partnership: Partnership) -> None:
    validator = Draft201909Validator(_schema("odcs-3.1.0.json"))
    found = export_odcs(partnership)
    assert len(found.files) >= len(partnership.datasets)
    for name, content in found.files.items():
        contract = yaml.safe_load(content)
        assert not [error.message for error in validator.iter_errors(contract)], name


def test_wanted_data_that_nobody_creates_go_out_as_proposed(partnership: Partnership) -> None:
    found = export_odcs(partnership)
    wanted = [need.id for _, need in partnership.needs() if not need.datasets]
    assert wanted
    for name in wanted:
        assert yaml.safe_load(found.files[f"{name}.odcs.yaml"])["status"] == "proposed"


def test_every_contract_that_goes_out_comes_in_again(partnership: Partnership, tmp_path: Path) -> None:
    for name, content in sorted(export_odcs(partnership).files.items())[:6]:
        (tmp_path / name).write_bytes(content)
        plan = plan_odcs(tmp_path / name, EXAMPLE, Completion())
        assert all("customProperties" in change.key for change in plan.changes if change.before is not None)


def test_the_feed_is_valid_open_referral_uk(partnership: Partnership, tmp_path: Path) -> None:
    schema = _schema("open-referral-uk-service.json")
    validator = Draft202012Validator(_as_json_schema(schema), format_checker=FormatChecker())
    found = export_open_referral(partnership, "services.json")
    services = json.loads(found.files["services.json"])["contents"]
    assert len(services) == len(partnership.services)
    for service in services:
        assert not [error.message for error in validator.iter_errors(service)], service["name"]
        assert set(service) <= set(schema["properties"])
    (tmp_path / "services.json").write_bytes(found.files["services.json"])
    assert plan_open_referral(tmp_path / "services.json", EXAMPLE).changes == ()


def _as_json_schema(schema: Any) -> Any:
    """The schema without what the publisher's documentation adds: a name of its own, a key as a path."""
    return {key: value for key, value in schema.items() if key in ("type", "properties", "required")}
