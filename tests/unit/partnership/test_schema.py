"""JSON Schema for editors: it allows what loading allows of a single file, and underlines the rest."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from roundtable.errors import PartnershipUnusable
from roundtable.partnership.file_kinds import FOLDERS, FileKind
from roundtable.partnership.schema import json_schemas, write_schemas
from roundtable.partnership.yaml_source import read_yaml
from tests.conftest import ROOT, SHARED_DATA
from tests.town import Town


@pytest.fixture(scope="module")
def schemas() -> dict[str, dict[str, Any]]:
    return json_schemas()


def _underlined(schemas: dict[str, dict[str, Any]], file: Path) -> list[str]:
    kind = FOLDERS.get(file.parent.name, FileKind.PARTNERSHIP)
    value = read_yaml(file.read_bytes(), file.name).value
    return [
        f"{file.name} {e.json_path}"
        for e in jsonschema.Draft202012Validator(schemas[kind]).iter_errors(value)
    ]


def test_there_is_one_for_each_kind_of_file(schemas: dict[str, dict[str, Any]]) -> None:
    assert set(schemas) == set(FileKind)
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_a_sound_folder_has_nothing_underlined(town: Town, schemas: dict[str, dict[str, Any]]) -> None:
    files = sorted(town.folder.rglob("*.yaml"))

    assert len(files) > 8
    assert [mark for file in files for mark in _underlined(schemas, file)] == []


def test_the_example_has_nothing_underlined(schemas: dict[str, dict[str, Any]]) -> None:
    files = sorted((ROOT / "examples").rglob("*.yaml"))

    assert [mark for file in files for mark in _underlined(schemas, file)] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "path"),
    [
        ("agencies/council.yaml", "kind: local_authority", "kind: council", "$.kind"),
        ("agencies/council.yaml", "name: Example Council", "naem: Example Council", "$"),
        ("agencies/council.yaml", "public_authority: true", "public_authority: yes", "$.public_authority"),
        ("scenarios/alone-at-risk.yaml", "rung: 1  #", "rung: 9  #", "$.rung"),
        ("scenarios/alone-at-risk.yaml", "id: alone-at-risk", "id: alone at risk", "$.id"),
        (
            "datasets/street-crime.yaml",
            "      subjects: areas",
            "      subjects: streets",
            "$.customProperties[0]",
        ),
    ],
)
def test_a_mistake_is_underlined(
    town: Town, schemas: dict[str, dict[str, Any]], file: str, old: str, new: str, path: str
) -> None:
    town.change(file, old, new)

    assert f"{Path(file).name} {path}" in _underlined(schemas, town.folder / file)


def test_ids_in_any_alphabet_are_not_underlined(town: Town, schemas: dict[str, dict[str, Any]]) -> None:
    town.change("agencies/council.yaml", "id: council\n", "id: cyngor-môn\n")

    assert _underlined(schemas, town.folder / "agencies/council.yaml") == []
    assert r"\\w" not in json.dumps(schemas), "an editor's \\w is a to z alone"


def test_what_a_key_is_for_is_said(schemas: dict[str, dict[str, Any]]) -> None:
    agency = schemas["agency"]["properties"]

    assert agency["successor"]["description"] == "Who its powers passed to."
    assert agency["duties"]["items"]["description"] == "The id of a gateway."
    assert "from" in agency and "from_" not in agency


def test_they_are_written_where_the_first_lines_of_the_files_look(town: Town) -> None:
    written = write_schemas(town.folder)

    assert [path.relative_to(town.folder).as_posix() for path in written] == [
        f".schemas/{kind}.json" for kind in sorted(FileKind)
    ]
    for file in town.folder.rglob("*.yaml"):
        first = file.read_text(encoding="utf-8").splitlines()[0]
        named = (file.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()
        assert named in [path.resolve() for path in written], first
        assert named.stem == FOLDERS.get(file.parent.name, FileKind.PARTNERSHIP)


def test_they_are_the_same_bytes_each_time(town: Town) -> None:
    before = [path.read_bytes() for path in write_schemas(town.folder)]

    assert [path.read_bytes() for path in write_schemas(town.folder)] == before


def test_they_are_not_written_where_there_is_no_partnership(tmp_path: Path) -> None:
    with pytest.raises(PartnershipUnusable):
        write_schemas(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.real
def test_the_templates_contract_is_a_contract_for_every_other_tool_too(town: Town) -> None:
    standard = json.loads((SHARED_DATA / "schemas/odcs-3.1.0.json").read_text(encoding="utf-8"))
    value = read_yaml((town.folder / "datasets/street-crime.yaml").read_bytes(), "x").value

    validator = jsonschema.validators.validator_for(standard)(standard)
    assert [error.message for error in validator.iter_errors(value)] == []
