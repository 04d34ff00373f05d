"""Deliveries of a dataset that share their reason are told on one line."""

from roundtable.governance.withheld import told_together


def test_the_same_reason_is_told_once_for_each_dataset() -> None:
    said = [
        "deliveries/falls/2026-02.csv: It ended.",
        "deliveries/falls/2026-01.csv: It ended.",
        "deliveries/falls/2026-03.csv: It was withdrawn.",
        "deliveries/visits/2026-01.csv: It ended.",
    ]
    assert told_together(said) == (
        "deliveries/falls/2026-01.csv and 1 more of the same dataset: It ended.",
        "deliveries/falls/2026-03.csv: It was withdrawn.",
        "deliveries/visits/2026-01.csv: It ended.",
    )
    assert told_together([]) == ()
