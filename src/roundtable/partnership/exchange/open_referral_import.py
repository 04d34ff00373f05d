"""Services of an Open Referral UK feed, taken in: known ones brought up to date, new ones begun.

A service is known by its `open_referral_id`. What the feed cannot say (who may have it, how much of it
there is, what it does) is never guessed: it stays as the folder has it, and for a new service is listed.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from roundtable.errors import ForeignFileUnusable
from roundtable.partnership.exchange.faults import Faults, unusable
from roundtable.partnership.exchange.foreign_text import read_json
from roundtable.partnership.exchange.open_referral import feed_id, organisation_id
from roundtable.partnership.exchange.plan import Edit, Plan, contents_of
from roundtable.partnership.exchange.trial import problems_if
from roundtable.partnership.file_kinds import FileKind
from roundtable.partnership.folder import read_bytes, survey
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.service import ServiceStatus
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.nearest import nearest
from roundtable.partnership.wrong_values import perhaps
from roundtable.partnership.yaml_source import read_yaml

#: The folder's key for each key of the feed that is taken in.
_TAKEN = {
    "name": "name",
    "description": "description",
    "status": "status",
    "minimum_age": "age_from",
    "maximum_age": "age_to",
}
_KNOWN = frozenset({*_TAKEN, "id", "organization", "organization_id", "last_modified", "assured_date"})
UNKNOWN = "unknown"


def plan_open_referral(path: Path, folder: Path, provider: str | None = None) -> Plan:
    """Work out what taking in a feed would change.

    Args:
        path: a page of services, a list of them, or one.
        folder: a partnership folder.
        provider: the agency that provides new services whose organisation is no agency by name.

    Raises:
        PartnershipUnusable: the folder has problems of its own.
        ForeignFileUnusable: the file is no such feed, or a service in it cannot be taken in; all at once.
    """
    partnership = load_partnership(folder)
    taking = _Taking(partnership, folder, Faults(str(path)), provider)
    for number, service in enumerate(_services(read_json(path), path), start=1):
        taking.take(number, service)
    taking.faults.end()
    problems = problems_if(folder, {edit.inside: edit.then for edit in taking.edits})
    if problems:
        raise ForeignFileUnusable(problems)
    changed = [edit for edit in taking.edits if list(edit.changes())]
    changes = tuple(change for edit in changed for change in edit.changes())
    return Plan(folder, changes, (), contents_of(changed), tuple(taking.told))


def _services(value: Any, path: Path) -> list[Any]:
    if isinstance(value, dict) and isinstance(value.get("contents"), list):
        return list(value["contents"])
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and "name" in value and "status" in value:
        return [value]
    if isinstance(value, dict) and isinstance(value.get("content"), list):
        what = "this is a feed of Open Referral UK 1.0 ('content'), and 3.0 is read ('contents')"
        raise unusable(str(path), "other-version", what, "Ask the publisher for its 3.0 feed.")
    what = "there are no services of Open Referral UK 3.0 in the file"
    raise unusable(str(path), "not-open-referral", what, "Give a page of /services, a list, or one service.")


class _Taking:
    """Goes through the feed once."""

    def __init__(self, partnership: Partnership, folder: Path, faults: Faults, provider: str | None) -> None:
        self.faults = faults
        self.edits: list[Edit] = []
        self.told: list[str] = []
        self._partnership = partnership
        self._provider = provider
        self._known = {feed_id(partnership, one): one.id for one in partnership.services}
        self._files = {file.stem: file for file in survey(folder).yaml_files if file.kind is FileKind.SERVICE}
        self._taken: set[str] = set(self._files)
        self._seen: set[str] = set()

    def take(self, number: int, service: Any) -> None:
        """One service: an edit, or the reasons why not."""
        if not self._is_whole(number, service):
            return
        left = sorted(key for key, value in service.items() if key not in _KNOWN and value)
        if left:
            self.told.append(f"left out of '{service['name']}': {', '.join(left)}")
        known = self._known.get(str(service["id"]))
        edit = self._of_known(known, service) if known else self._of_new(number, service)
        if edit is not None:
            self.edits.append(edit)

    def _is_whole(self, number: int, service: Any) -> bool:
        if not isinstance(service, dict):
            self.faults.add("not-open-referral", f"service {number} is no mapping", "Take it out.")
            return False
        blank = [key for key in ("id", "name", "status") if not isinstance(service.get(key), str)]
        if blank:
            what = f"service {number} has no {' and no '.join(blank)}"
            self.faults.add("missing-key", what, "Add it: the standard requires it.")
            return False
        name = service["name"]
        if service["status"] not in list(ServiceStatus):
            near = perhaps(nearest(service["status"], list(ServiceStatus)))
            what = f"'{name}' has the status '{service['status']}'"
            self.faults.add("not-allowed", what, f"{near}Allowed: {', '.join(ServiceStatus)}.")
        if service["id"] in self._seen:
            self.faults.add("duplicate-id", f"'{name}' stands twice in the feed", "Take one out.")
        self._seen.add(service["id"])
        return True

    def _of_known(self, known: str, service: dict[str, Any]) -> Edit:
        file = self._files[known]
        content = read_bytes(file)
        now = read_yaml(content, file.shown).value
        then = copy.deepcopy(now)
        for key, ours in _TAKEN.items():
            if service.get(key) is not None and _plain(service[key]) != now.get(ours):
                then[ours] = _plain(service[key])
        return Edit(file.inside, content, now, then)

    def _of_new(self, number: int, service: dict[str, Any]) -> Edit | None:
        agency = self._agency(service)
        if agency is None:
            organisation = service.get("organization")
            name = organisation.get("name") if isinstance(organisation, dict) else None
            names = [one.name for one in self._partnership.agencies]
            near = perhaps(nearest(name, names)) if isinstance(name, str) else ""
            what = f"'{service['name']}' is provided by '{name or 'nobody'}', which is no agency here"
            self.faults.add("no-provider", what, f"{near}Say which: --provider AGENCY.")
            return None
        identifier = self._free_id(service["name"])
        inside = f"services/{identifier}.yaml"
        then: dict[str, Any] = {"id": identifier, "name": service["name"], "provider": agency}
        then["status"] = service["status"]
        then["open_referral_id"] = str(service["id"])
        then["description"] = service.get("description") or UNKNOWN
        then["eligibility"] = UNKNOWN
        for key in ("minimum_age", "maximum_age"):
            if service.get(key) is not None:
                then[_TAKEN[key]] = _plain(service[key])
        blank = "eligibility, effects, capacity, unit_cost, requires"
        self.told.append(f"still missing in {inside}: {blank} (no feed can say them)")
        return Edit(inside, None, None, then)

    def _agency(self, service: dict[str, Any]) -> str | None:
        organisation = service.get("organization")
        named = organisation if isinstance(organisation, dict) else {}
        for agency in self._partnership.agencies:
            ids = {str(named.get("id")), str(service.get("organization_id"))}
            if organisation_id(self._partnership, agency.id) in ids:
                return agency.id
            if agency.name.casefold() == str(named.get("name", "")).strip().casefold():
                return agency.id
        return self._provider

    def _free_id(self, name: str) -> str:
        base = next(_slugs(name))
        number, found = 2, base
        while found in self._taken:
            found, number = f"{base}-{number}", number + 1
        self._taken.add(found)
        return found


def _slugs(name: str) -> Iterator[str]:
    plain = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", name).casefold()).strip("-")
    yield plain[:70].strip("-") or "service"


def _plain(value: Any) -> Any:
    """Ages come as 18.0 where the folder writes 18."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
