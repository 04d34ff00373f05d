"""What there is to see of the town of a dozen people: after a fault, and in the end."""

import hashlib
from pathlib import Path

from roundtable.ledger.address import private_folder
from roundtable.pipeline import REPORT
from tests.faults.observing import Observation, observe_store, see_old_or_new
from tests.faults.person_town import CAME, LATER, SECRETS, in_town
from tests.faults.unprotected import files_that_say


def see_protected(place: Path) -> None:
    """Nobody in plain words but in what partners sent, before and after whole snapshots and a whole chain."""
    with in_town(place) as town:
        _see_nobody_named(town)
        see_old_or_new(town)
        _see_nobody_named(town)


def observe_town(place: Path) -> Observation:
    """The store with its vault opened, the page, what stands in `deliveries/`, and who can be read."""
    with in_town(place) as town:
        seen = observe_store(town)
        page = private_folder(town) / REPORT
        files = [path for path in sorted((town / "deliveries").rglob("*")) if path.is_file()]
        raw = {str(path.relative_to(town)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
        kept = {name: said for name, said in seen.items() if any(one in repr(said) for one in SECRETS)}
        assert not kept, "the ledger or the chain names somebody"
        assert files_that_say(town, SECRETS) == []
        return {
            **seen,
            "report": page.is_file() and hashlib.sha256(page.read_bytes()).hexdigest(),
            "raw": raw,
            "beside": sorted(path.name for path in place.iterdir() if path.name in (CAME, LATER)),
        }


def _see_nobody_named(town: Path) -> None:
    assert files_that_say(town, SECRETS, [town / "deliveries"]) == []
    sealed = [path for path in (town / "deliveries").rglob("*") if path.name.endswith((".vault", ".draft"))]
    assert not [said for path in sealed for said in files_that_say(path.parent, SECRETS) if path.name in said]
