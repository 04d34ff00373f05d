"""The sharing ladder in words, as every page names its rungs."""

from __future__ import annotations

from roundtable.partnership.model.scenario import Rung

RUNGS = {
    Rung.MAP: "The map: what is agreed, and no data",
    Rung.OPEN_DATA: "Open data",
    Rung.CONTROLLED_COUNTS: "Controlled counts",
    Rung.PROPERTY_FLAGS: "Flags on a property, no names",
    Rung.PSEUDONYMISED_LINKAGE: "Pseudonymised linkage",
    Rung.NAMED_CASEWORK: "Named casework",
}
