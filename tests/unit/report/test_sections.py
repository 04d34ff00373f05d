"""What each section says."""

from dataclasses import replace
from datetime import date

import pytest

from roundtable.ledger.models.deliveries import DeliveryStatus as LedgerStatus
from roundtable.partnership.findings import Severity
from roundtable.report.contents import (
    CasesBasis,
    DatasetShown,
    DeliveryShown,
    DeliveryStatus,
    MemberShown,
    QuarantineShown,
    ReportContents,
)
from roundtable.report.names import Names
from roundtable.report.page import render
from roundtable.report.row_counts import rows_taken
from roundtable.report.sections import (
    findings,
    headline,
    months,
    received,
    shape,
)
from roundtable.report.sections.months import Span, spans
from tests.factories_harm import figures
from tests.factories_report import contents, finding
from tests.unit.report.markup import rows_of, text_of


def test_kept_and_set_aside_add_up_to_received_by_file_and_in_all() -> None:
    view = received.view(contents(), Names(contents()))
    assert rows_of(view.files) == [
        ["street.zip", "accepted", "2,000", "1,997", "3"],
        ["2024-01/street.csv", "", "1,200", "1,198", "2"],
        ["2024-02/street.csv", "", "800", "799", "1"],
        ["visits.csv", "refused", "–", "–", "–"],
        ["All accepted files", "", "2,000", "1,997", "3"],
    ]
    assert view.refused[0].reasons == contents().deliveries[1].reasons


@pytest.mark.parametrize(
    "status", [DeliveryStatus.REPEATED, DeliveryStatus.SUPERSEDED, DeliveryStatus.REFUSED]
)
def test_only_accepted_deliveries_are_counted(status: DeliveryStatus) -> None:
    first, second = contents().deliveries
    other = replace(second, status=status, members=(MemberShown("visits.csv", 50, 50, 0),))
    assert rows_taken(contents(deliveries=(first, other))).received == 2000


def _with_people(aside: int, rows: int = 103) -> ReportContents:
    """Street crime, which is open, beside a register of people."""
    made = contents()
    register = DeliveryShown(
        "deliveries/visits/visits.csv",
        "visits",
        "A council",
        DeliveryStatus.ACCEPTED,
        (MemberShown("visits.csv", rows, rows - aside, aside),),
    )
    return replace(
        made,
        datasets=(made.datasets[0], DatasetShown("visits", "Visits", personal=True)),
        deliveries=(made.deliveries[0], register),
        quarantine=(*made.quarantine, QuarantineShown("visits", "uprn", "No such address.", aside)),
    )


def test_small_numbers_of_rows_about_people_are_hidden_wherever_they_stand_and_the_others_rounded() -> None:
    made = _with_people(aside=2)
    view = received.view(made, Names(made))
    shown = rows_of(view.files)
    assert ["visits.csv", "accepted", "105", "100", "fewer than 8"] in shown
    assert ["street.zip", "accepted", "2,000", "1,997", "3"] in shown, "open data stay as they are"
    assert shown[-1] == ["All accepted files", "", "2,105", "2,100", "fewer than 8"], "no sum gives one away"
    assert ["No such address.", "Visits", "uprn", "fewer than 8"] in rows_of(view.reasons)
    assert "add up" not in view.files.caption and "rounded to the nearest 5" in view.files.caption
    assert "2,103" not in render(made) and "2,099" not in render(made)


def test_a_register_of_seven_is_a_small_number_itself() -> None:
    made = _with_people(aside=0, rows=7)
    only = replace(made, deliveries=made.deliveries[1:])
    view = received.view(only, Names(only))
    assert rows_of(view.files)[0] == ["visits.csv", "accepted", "fewer than 8", "fewer than 8", "0"]
    assert "hold fewer than 8 rows, and all were kept" in view.summary
    told = {one.lead: one.text for one in headline.view(only, Names(only)).sentences}
    assert told["What came in"].startswith("Fewer than 8 rows in 1 delivery: fewer than 8 kept, 0 set aside")


def test_the_order_of_deliveries_changes_nothing() -> None:
    made = contents()
    assert render(replace(made, deliveries=made.deliveries[::-1])) == render(made)


def test_the_order_of_the_rows_of_a_table_changes_nothing() -> None:
    made = figures()
    turned = {
        name: table.take(list(range(table.num_rows))[::-1])
        for name, table in vars(made).items()
        if name != "population_as_of"
    }
    assert render(contents(figures=replace(made, **turned))) == render(contents())


def test_the_headline_says_what_came_what_gathers_what_is_wrong_and_what_is_unknown() -> None:
    made = contents()
    told = {one.lead: one.text for one in headline.view(made, Names(made)).sentences}
    assert told["What came in"].startswith("2,000 rows in 2 deliveries: 1,997 kept, 3 set aside")
    assert "1 delivery was refused whole" in told["What came in"]
    assert told["Where harm gathers"].startswith(
        "Aytown 001A has the most records of 6 small areas (LSOA 2011): 340, "
    )
    assert "more than the number of records alone explains" in told["Where harm gathers"]
    assert told["What is most serious"] == "The agreed map has 2 findings, 1 of them high:"
    unknown = told["What is not known"]
    assert "8 records cannot be placed" in unknown
    assert "only 4 of 6 months are held" in unknown
    assert "of records have no price in ‘Costs of crime" in unknown
    assert "nobody knows how many cases a year there are of 1 outcome" in unknown


def test_the_headline_points_to_one_finding_of_each_rule_before_a_second_of_any() -> None:
    made = contents(
        findings=(
            *(finding("agreement-expired", Severity.HIGH, f"Agreement {number}") for number in range(4)),
            finding("risk-no-lead", Severity.HIGH, "Nobody leads it"),
        )
    )
    pointers = headline.view(made, Names(made)).sentences[2].pointers
    assert [one.title for one in pointers] == ["Agreement 0", "Nobody leads it", "Agreement 1", "Agreement 2"]
    assert [one.anchor for one in pointers] == ["finding-1", "finding-5", "finding-2", "finding-3"]


def test_findings_show_their_file_and_line_and_who_can_clear_them() -> None:
    made = contents()
    (high, medium) = findings.view(made, Names(made)).groups
    assert (high.heading, medium.heading) == ("High: mend these first (1)", "Medium (1)")
    (card,) = high.cards
    assert (card.agencies, card.cleared_by) == ("Testshire Council and Testshire Police", "Testshire Council")
    assert [(one.text, one.place) for one in card.evidence] == [
        ("Nobody leads it.", "scenarios/alone.yaml:212")
    ]


def test_what_is_wrong_with_agreements_stands_first() -> None:
    made = contents()
    assert made.shape.agreements[0].state == "expired"
    turned = replace(made, shape=replace(made.shape, agreements=made.shape.agreements[::-1]))
    for one in (made, turned):
        assert [row[0] for row in rows_of(shape.view(one).agreements)] == ["Old", "Open"]


def test_what_is_asked_for_beyond_what_can_be_supplied_is_marked() -> None:
    over, unknown = shape.view(contents()).services.groups[0].rows
    assert (over[5].text, "noted" in over[5].css) == ("140", True)
    assert [cell.text for cell in unknown[3:]] == ["–", "–", "–", "–"]


def test_months_are_cut_where_holding_begins_and_ends() -> None:
    held = {date(2023, 12, 1): 1, date(2024, 1, 1): 2, date(2024, 4, 1): 3}
    assert spans(held) == (
        Span(True, (date(2023, 12, 1), date(2024, 1, 1))),
        Span(False, (date(2024, 2, 1), date(2024, 3, 1))),
        Span(True, (date(2024, 4, 1),)),
    )


def test_a_month_not_held_is_a_gap_and_not_nought() -> None:
    made = contents()
    (dataset,) = months.view(made, Names(made)).datasets
    assert rows_of(dataset.table) == [
        ["January 2024", "150"],
        ["February 2024", "150"],
        ["Mar 2024 to Apr 2024", "not held"],
        ["May 2024", "150"],
        ["June 2024", "150"],
    ]
    assert len(dataset.chart.bars) == 4
    assert [gap.told for gap in dataset.chart.gaps] == ["Mar 2024 to Apr 2024: not held"]


def test_an_outcome_that_nobody_counts_is_unknown_and_not_nought() -> None:
    text = text_of(contents())
    assert (
        "Violence Records of violence in a year 684 measured Street crime: 228 records in 4 months held"
        in text
    )
    assert "Power cuts Homes not checked unknown unknown – fewer" in text
    assert any(one.basis is CasesBasis.UNKNOWN for one in contents().outcomes)


def test_the_page_knows_every_status_of_a_delivery() -> None:
    """A status of the ledger that the page did not know would end a run without its report."""
    assert {status.value for status in LedgerStatus} == {status.value for status in DeliveryStatus}
    assert set(received.STATUSES) == set(DeliveryStatus)
