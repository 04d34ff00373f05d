"""The pages of a pack, written into a folder: the same partnership gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.pages.numbers import day
from roundtable.pages.rendering import BASE, NARROW_AND_PRINT, PARTS, page
from roundtable.partnership.changes.comparing import Changes, compare
from roundtable.partnership.findings import find_all
from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.nearest import nearest
from roundtable.partnership.packs import agency_page, capping, changes_shown, overview_page, scenario_page
from roundtable.partnership.packs.material import OVERVIEW, Material
from roundtable.partnership.packs.material import agency_page as agency_file
from roundtable.partnership.packs.material import scenario_page as scenario_file
from roundtable.partnership.packs.members import is_member
from roundtable.partnership.study import Study

HERE = Path(__file__).parent
STYLES = (BASE, PARTS, HERE / "styles" / "packs.css", NARROW_AND_PRINT, HERE / "styles" / "packs_print.css")


@dataclass(frozen=True)
class Wanted:
    """Which pages to write: those named, or all of them where none is."""

    agency: str | None = None
    scenario: str | None = None

    @property
    def everything(self) -> bool:
        """Whether no single page is asked for."""
        return self.agency is None and self.scenario is None


EVERYTHING = Wanted()


def write_packs(
    study: Study, to: Path, *, wanted: Wanted = EVERYTHING, since: Partnership | None = None
) -> tuple[Path, ...]:
    """Write the overview and a page for each agency and each scenario, or the one that is wanted.

    Args:
        study: the partnership and what a run has measured.
        to: the folder, which is made where it is missing; pages of the same names are replaced.
        wanted: which pages.
        since: the partnership as it was at the last round table, for what changed.

    Returns:
        The files, in order.

    Raises:
        SettingUnusable: there is no such agency or scenario, or the folder cannot be written.
    """
    _known(study.partnership, wanted)
    try:
        to.mkdir(parents=True, exist_ok=True)
        written = []
        for name, text in pages(study, wanted, since):
            path = to / name
            path.write_text(text, encoding="utf-8")
            written.append(path)
    except OSError as error:
        what = f"the pages cannot be written here: {error.strerror or error}"
        problem = Problem(Place(str(to)), "pack-not-written", what, "Name a folder that can be written.")
        raise SettingUnusable([problem]) from error
    return tuple(written)


def page_names(partnership: Partnership, wanted: Wanted = EVERYTHING) -> tuple[str, ...]:
    """The names of the files that would be written, in order."""
    agencies = [one.id for one in partnership.agencies if _has_page(partnership, one, wanted)]
    scenarios = [one.id for one in partnership.scenarios if wanted.everything or one.id == wanted.scenario]
    return (
        *((OVERVIEW,) if wanted.everything else ()),
        *(unquote(agency_file(one)) for one in agencies),
        *(unquote(scenario_file(one)) for one in scenarios),
    )


def pages(
    study: Study, wanted: Wanted = EVERYTHING, since: Partnership | None = None
) -> Iterator[tuple[str, str]]:
    """Each page's file name and its HTML, one at a time."""
    partnership = study.partnership
    changes = _changes(study, since)
    material = Material(
        study,
        find_all(study),
        frozenset(one.id for one in partnership.agencies if _has_page(partnership, one, wanted)),
        frozenset(s.id for s in partnership.scenarios if wanted.everything or s.id == wanted.scenario),
        wanted.everything,
    )
    if material.overview:
        values = {**overview_page.view(material), "changes": changes_shown.of_table(changes)}
        yield OVERVIEW, _page(material, "overview.html", values)
    for agency in (one for one in partnership.agencies if one.id in material.agencies):
        values = {
            **capping.capped(agency_page.view(material, agency)),
            "changes": changes_shown.of_agency(changes, agency.id),
        }
        yield unquote(agency_file(agency.id)), _page(material, "agency.html", values)
    for scenario in (one for one in partnership.scenarios if one.id in material.scenarios):
        yield (
            unquote(scenario_file(scenario.id)),
            _page(material, "scenario.html", scenario_page.view(material, scenario)),
        )


def _has_page(partnership: Partnership, agency: Agency, wanted: Wanted) -> bool:
    """Whether a page is written for an agency: it is asked for by name, or is a member and all are."""
    return agency.id == wanted.agency or (wanted.everything and is_member(partnership, agency))


def _page(material: Material, template: str, values: Mapping[str, object]) -> str:
    charter = material.partnership.charter
    shared = {
        "partnership": {
            "name": charter.name,
            "area": charter.area.name,
            "classification": charter.classification,
            "illustrative": charter.illustrative,
            "charter": charter.charter,
        },
        "as_of": day(charter.as_of),
        "overview": OVERVIEW if material.overview else "",
        "stacked": True,
    }
    return page(template, {**shared, **values}, templates=HERE / "templates", styles=STYLES)


def _changes(study: Study, since: Partnership | None) -> Changes | None:
    if since is None:
        return None
    # The same samples, or the findings would differ for that alone; nothing measured is known of then.
    return compare(Study(since, study.facts, study.samples, study.seed), study)


def _known(partnership: Partnership, wanted: Wanted) -> None:
    agencies = [one.id for one in partnership.agencies]
    scenarios = [one.id for one in partnership.scenarios]
    problems = [
        *_unknown("agency", wanted.agency, agencies),
        *_unknown("scenario", wanted.scenario, scenarios),
    ]
    if problems:
        raise SettingUnusable(problems)


def _unknown(kind: str, given: str | None, known: list[str]) -> Iterator[Problem]:
    if given is None or given in known:
        return
    near = nearest(given, known)
    remedy = f"Did you mean '{near}'?" if near else f"Name one of: {', '.join(known) or 'none yet'}."
    yield Problem(Place(f"--{kind}"), "pack-not-written", f"there is no {kind} '{given}'", remedy)
