"""Reference tables: those that come with the product, the partnership's own, and figures kept as CSV."""

import pytest

from roundtable.partnership.model.strict import Kind
from tests.town import Town

WEIGHTS = """table: harm_weights
id: {id}
title: Days
source: An index
status: illustrative
scheme: offences
unit: days
"""
FROM_CSV = "rows_from: days.csv\ncode_column: offence\nvalue_column: days\n"
ROBBERY = "rows: [{code: robbery, value: 365}]\n"


def _csv_problems(town: Town, content: str | bytes) -> list[str]:
    town.write("reference/mine.yaml", WEIGHTS.format(id="mine") + FROM_CSV)
    town.write("reference/days.csv", content)
    return town.problems()


def test_what_comes_with_the_product_is_there(town: Town) -> None:
    partnership = town.load()

    assert "ogl.v3" in [gateway.id for gateway in partnership.gateways]
    assert [table.id for table in partnership.harm_weights] == ["home-office-2018"]
    assert partnership.places[(Kind.GATEWAY, "ogl.v3")].file == "shipped with Roundtable: gateways.yaml"


def test_the_partnerships_own_table_stands_in_for_the_shipped_one(town: Town) -> None:
    town.write("reference/ours.yaml", WEIGHTS.format(id="home-office-2018") + ROBBERY)

    (table,) = town.load().harm_weights

    assert [(row.code, row.value) for row in table.rows] == [("robbery", 365)]


def test_another_id_stands_beside_it(town: Town) -> None:
    town.write("reference/ours.yml", WEIGHTS.format(id="days") + ROBBERY)

    assert [table.id for table in town.load().harm_weights] == ["days", "home-office-2018"]


def test_gateways_are_overridden_row_by_row(town: Town) -> None:
    before = town.load().gateways
    town.write(
        "reference/gateways.yaml",
        "table: gateways\nid: ours\ntitle: Ours\nsource: Our solicitor\nstatus: verified\n"
        "rows:\n  - {id: ogl.v3, title: As we read it, nature: licence, status: verified}\n"
        "  - {id: local.act, title: A local Act, nature: power}\n",
    )

    partnership = town.load()

    found = {gateway.id: gateway.title for gateway in partnership.gateways}
    assert found["ogl.v3"] == "As we read it"
    assert set(found) == {gateway.id for gateway in before} | {"local.act"}
    assert len(partnership.gateways) == len(before) + 1
    assert partnership.places[(Kind.GATEWAY, "ogl.v3")].line == 7


def test_weights_are_read_from_csv(town: Town) -> None:
    content = '\ufeffid,offence,days\r\n1,"Robbery, armed",365\r\n\r\n2\u2028a,Arson,7.5\r\n'

    assert _csv_problems(town, content) == []
    table = next(table for table in town.load().harm_weights if table.id == "mine")
    assert [(row.code, row.value) for row in table.rows] == [("Arson", 7.5), ("Robbery, armed", 365)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "offense,days\nArson,7\n",
            [
                "1 (offence): there is no column 'offence'\n"
                "Did you mean 'offense'? Its columns: offense, days."
            ],
        ),
        (
            "offence,days,days\nArson,7,8\n",
            ["1 (days): two columns are called 'days'\nIts columns: offence, days, days."],
        ),
        (
            "offence,days\nArson,seven\nTheft,-1\nFraud,\n,3\nArson,8\nArson,9\nRobbery,1e5\n",
            [
                "2 (days): 'seven' is not a figure of 0 or more\n{digits}",
                "3 (days): '-1' is not a figure of 0 or more\n{digits}",
                "4 (days): 'Fraud' has no figure\n{digits}",
                "5 (offence): the row has no code\nWrite the code, or delete the row.",
                "7 (offence): the code 'Arson' is there already, on line 6\nKeep one of the two rows.",
                "8 (days): '1e5' is not a figure of 0 or more\n{digits}",
            ],
        ),
        (
            "offence,days\nRobbery, armed,365\nArson\n",
            [
                "2: the row has 3 values under 2 headers\n{comma}",
                "3: the row has 1 values under 2 headers\n{comma}",
            ],
        ),
        (
            'offence,days\n"Arson,7\n',
            ["2: this is not CSV: unexpected end of data\nClose the quotes on this line."],
        ),
        ("offence,days\n", ["1: the file has no rows\nAdd the weights, or name another file."]),
        (
            "offence,days\nCafé,7\n".encode("cp1252"),
            [
                "2:4: the file looks like Windows-1252 (cp1252), not UTF-8 (byte 17 of 20, 0xE9,"
                " would be 'é')\n"
                "Save it as UTF-8: in most editors, 'Save as' and then the encoding 'UTF-8'."
            ],
        ),
    ],
)
def test_a_mistake_in_the_csv_names_its_line(town: Town, content: str | bytes, expected: list[str]) -> None:
    digits = "Write plain digits, as in 3217740 or 0.5; delete the row of a code that nobody has priced."
    comma = "Add what is missing, or put text that holds a comma in quotes."

    assert _csv_problems(town, content) == [
        "reference/days.csv:" + problem.format(digits=digits, comma=comma) for problem in expected
    ]


@pytest.mark.parametrize("name", ["dais.csv", "../days.csv", "/etc/passwd"])
def test_the_csv_stands_beside_the_table(town: Town, name: str) -> None:
    town.write("reference/mine.yaml", WEIGHTS.format(id="mine") + FROM_CSV.replace("days.csv", name))
    town.write("reference/days.csv", "offence,days\nArson,7\n")

    near = "" if "passwd" in name else "Did you mean 'days.csv'? "
    assert (
        f"reference/mine.yaml:8:12 (rows_from): there is no CSV file '{name}' in reference/\n"
        f"{near}Put the file beside this one and give its bare name."
    ) in town.problems()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("", "1:1: neither 'rows' nor 'rows_from' is given\nGive 'rows', or name a CSV file in 'rows_from'."),
        (
            ROBBERY + FROM_CSV,
            "9:12 (rows_from): both 'rows' and 'rows_from' are given\n"
            "Give 'rows', or name a CSV file in 'rows_from'.",
        ),
        (
            FROM_CSV.replace("code_column: offence\n", ""),
            "1:1 (code_column): 'code_column' is needed with 'rows_from'\n"
            "'rows_from', 'code_column' and 'value_column' go together.",
        ),
        (
            ROBBERY + "value_column: days\n",
            "9:15 (value_column): 'value_column' is of no use without 'rows_from'\n"
            "'rows_from', 'code_column' and 'value_column' go together.",
        ),
    ],
)
def test_a_table_says_once_where_its_rows_are(town: Town, rows: str, expected: str) -> None:
    town.write("reference/mine.yaml", WEIGHTS.format(id="mine") + rows)
    if "rows_from" in rows:
        town.write("reference/days.csv", "offence,days\nArson,7\n")

    assert town.problems() == [f"reference/mine.yaml:{expected}"]


def test_two_tables_of_one_id(town: Town) -> None:
    town.write("reference/a.yaml", WEIGHTS.format(id="mine") + ROBBERY)
    town.write("reference/b.yaml", WEIGHTS.format(id="mine") + ROBBERY)

    assert town.problems() == [
        "reference/b.yaml:2:5 (id): the id 'mine' is used already, for the table at"
        " reference/a.yaml:2:5 (id)\n"
        "Give one of the two another id, or put their rows into one."
    ]


def test_the_factors_of_multiple_disadvantage_come_with_the_product_unverified(town: Town) -> None:
    (factors,) = town.load().code_lists

    assert (factors.id, factors.status, factors.checked_on) == (
        "multiple-disadvantage-factors",
        "unverified",
        None,
    )
    assert len(factors.rows) == 13
    assert {"homelessness", "ill-health", "substance misuse"} <= {row.code for row in factors.rows}


def test_a_scenario_names_only_factors_that_the_list_has(town: Town) -> None:
    town.change("scenarios/alone-at-risk.yaml", "\noutcomes:", "\ndea_factors: [ill-helth]\noutcomes:")

    (problem,) = town.problems()
    assert "there is no code 'ill-helth'" in problem
    assert "Did you mean 'ill-health'" in problem
