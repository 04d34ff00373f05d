"""What the sections on harm by place say, and what they never say."""

from dataclasses import replace

import pytest

from roundtable.partnership.model.reference import Status
from roundtable.report.names import Names
from roundtable.report.page import render
from roundtable.report.sections import (
    concentration,
    places,
    rankings,
    reading,
)
from tests.factories_harm import AREAS, DATASET, KIND, concentration_row, figures, lake_table
from tests.factories_report import COSTS, contents
from tests.unit.report.markup import Page, rows_of, text_of


def test_the_count_leads_and_a_price_is_called_illustrative_with_its_mix_beside_it() -> None:
    text = text_of(contents())
    assert text.index("588 records, over 6 areas") < text.index("Harm: Costs of crime Illustrative")
    assert "Status: unverified, not checked against its source." in text
    assert "Violence with injury 40.0 14,050" in text
    assert "Anything else, without a price 30.0 –" in text


def test_the_areas_with_most_stand_first_under_each_measure_with_their_rank_by_records() -> None:
    made = contents()
    count, costs = places.view(made, Names(made)).datasets[0].measures
    assert [row[:3] for row in rows_of(count.top)] == [
        ["1", "Aytown 001A", "340"],
        ["2", "Aytown 003A", "180"],
        ["3", "Aytown 002A", "40"],
        ["4", "Beeville 004A", "24"],
        ["5", "Beeville 005A", "4"],
    ]
    assert [row[:3] + row[5:] for row in rows_of(costs.top)][:2] == [
        ["1", "Aytown 001A", "1,352", "340", "100", "1"],
        ["2", "Aytown 003A", "428", "180", "20", "2"],
    ]


def test_what_nobody_priced_stands_beside_the_total_and_never_as_nought() -> None:
    text = text_of(contents())
    assert "132 of 600 records are of a kind that has no price at all" in text
    assert "Nuisance 132 records" in text
    assert "Violence 30.0% of 228 records" in text
    assert "Nuisance 132 22.0 no price no price" in text


def test_a_price_that_was_checked_and_needs_no_mix_is_not_illustrative() -> None:
    checked = replace(COSTS, status=Status.VERIFIED, mix=())
    assert not checked.illustrative
    assert COSTS.illustrative


def test_an_area_without_a_population_has_no_rate_and_an_area_without_records_has_nought() -> None:
    text = text_of(contents())
    assert f"{AREAS['E6']} E6 – 0 – 0 0.0" in text


def test_records_that_no_area_has_are_told_and_not_drawn() -> None:
    text = text_of(contents())
    assert "Not on the map: 8 records without coordinates and 4 records outside every area." in text


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (620_000, "harm gathers more than the number of records alone explains"),
        (510_000, "the observed share lies inside the interval that chance gives"),
        (520_000, "the observed share lies inside the interval that chance gives"),
        (400_000, "harm is spread more evenly than the number of records alone would make it"),
    ],
)
def test_concentration_says_plainly_where_the_observed_share_lies(share: int, words: str) -> None:
    rows = [concentration_row("costs", 5, share, "shuffled", 480_000, 500_000, 520_000)]
    made = contents(figures=figures(concentration=lake_table("concentration", rows)))
    (place,) = concentration.view(made, Names(made)).places
    assert words in place.sentences[0]


def test_an_averaged_price_below_random_severity_is_not_called_less_than_chance() -> None:
    rows = [concentration_row("costs", 5, 500_000, "mixed_severity", 600_000, 640_000, 680_000)]
    made = contents(figures=figures(concentration=lake_table("concentration", rows)))
    (place,) = concentration.view(made, Names(made)).places
    assert [row[-1] for row in rows_of(place.table)] == ["below, as averaged prices are"]
    assert "60.0% to 68.0% in the top 5%" in place.sentences[0]


def test_weight_sets_that_say_the_same_against_chance_share_a_sentence() -> None:
    rows = [concentration_row(one, 5, 400_000, "shuffled", 480_000, 500_000, 520_000) for one in ("a", "b")]
    made = contents(figures=figures(concentration=lake_table("concentration", rows)))
    (place,) = concentration.view(made, Names(made)).places
    assert len(place.sentences) == 1
    assert place.sentences[0].startswith("a and b: in the top 5% of areas")


def test_the_chart_puts_dots_and_bars_where_their_shares_are() -> None:
    made = contents()
    (place,) = concentration.view(made, Names(made)).places
    chart = place.chart
    whole = chart.right - chart.left
    # The greatest share drawn is 68 %, so the axis goes to 80 % in steps of 20.
    assert [tick.label for tick in chart.ticks] == ["0%", "20%", "40%", "60%", "80%"]
    line = chart.groups[1].lines[0]
    assert float(line.dot) == pytest.approx(chart.left + whole * 0.62 / 0.8, abs=0.1)
    low, high = (float(line.intervals[0].x), float(line.intervals[0].x) + float(line.intervals[0].width))
    assert low == pytest.approx(chart.left + whole * 0.48 / 0.8, abs=0.1)
    assert high == pytest.approx(chart.left + whole * 0.52 / 0.8, abs=0.2)
    assert chart.groups[0].lines[0].intervals == ()


@pytest.mark.parametrize(
    ("areas", "common", "told"),
    [
        (6, 6, "Every pair of measures puts the same 6 areas first."),
        (493, 25, "Every pair of measures puts the same 25 areas first."),
        (493, 20, "changes at most 5 of the first 25 areas: Plain count and Costs of crime share 20."),
        (6, 4, "changes at most 2 of the first 6 areas"),
    ],
)
def test_the_rankings_say_how_many_of_the_first_areas_turn_on_the_measure(
    areas: int, common: int, told: str
) -> None:
    (row,) = figures().ranking_agreement.to_pylist()
    rows = [row | {"areas": areas, "top25_in_common": common}]
    made = contents(figures=figures(ranking_agreement=lake_table("ranking_agreement", rows)))
    view = rankings.view(made, Names(made))
    assert told in view.sentence
    assert rows_of(view.tables[0]) == [["Plain count", "Costs of crime", str(common), "0.94", "0.87"]]


def test_the_limits_named_are_those_that_the_contents_have() -> None:
    made = contents()
    told = " ".join(reading.view(made, Names(made)).limits)
    assert "Open data are coarse" in told
    assert "2011 census" in told
    assert "illustrative" in told
    counted = replace(made, run=replace(made.run, weight_sets=made.run.weight_sets[:1]))
    told = " ".join(reading.view(counted, Names(counted)).limits)
    assert "Open data are coarse" not in told
    assert "illustrative" not in told
    newer = lake_table(
        "harm_area", [row | {"area_kind": "lsoa21"} for row in figures().harm_area.to_pylist()]
    )
    recent = contents(figures=figures(harm_area=newer))
    assert "2011 census" not in " ".join(reading.view(recent, Names(recent)).limits)
    assert reading.view(replace(made, figures=None), Names(made)).limits == ()


def test_small_counts_are_hidden_wherever_they_would_stand() -> None:
    made = contents(suppress_below=20)
    text = render(made)
    assert "fewer than 20" in text
    assert f"{AREAS['E5']}: 4 records" not in text
    assert f"{AREAS['E5']}: fewer than 20 records" in text
    assert f"{AREAS['E5']} E5 1,900 fewer than 20 withheld withheld withheld" in Page(text).text
    assert "Counts from 1 to fewer than 20 are not shown" in Page(text).text


def test_areas_of_two_kinds_are_mapped_once_and_listed_twice() -> None:
    made = figures()
    coarse = [
        row | {"area_kind": "msoa11"}
        for row in made.harm_area.to_pylist()
        if row["area_id"] in {"E1", "E2", "outside"}
    ]
    both = lake_table("harm_area", made.harm_area.to_pylist() + coarse)
    text = render(contents(figures=replace(made, harm_area=both)))
    assert "All 6 small areas (LSOA 2011), by name." in text
    assert "All 2 neighbourhoods (MSOA 2011), by name." in text
    assert text.count('<figure class="map-main">') == 2


def test_the_finest_areas_lead() -> None:
    made = contents()
    assert Names(made).kinds_measured(DATASET) == [KIND]
    assert [one.id for one in Names(made).sets_measured(DATASET)] == ["count", "costs"]


def test_where_there_are_few_areas_the_same_areas_are_not_told_twice() -> None:
    rows = [concentration_row("count", percent, 500_000, "none") for percent in (1, 5)]
    rows.append(concentration_row("count", 10, 700_000, "none") | {"areas": 2})
    made = contents(figures=figures(concentration=lake_table("concentration", rows)))
    (place,) = concentration.view(made, Names(made)).places
    assert [row[0] for row in rows_of(place.table)] == ["Top 1% (1 area)", "Top 10% (2 areas)"]
