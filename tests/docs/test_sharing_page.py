"""The page about sharing: it has every rule of the checker, every class of need and every layer."""

from roundtable.partnership.sharing.classes import NeedClass
from roundtable.partnership.sharing.faults import FaultRule
from roundtable.partnership.sharing.layers import Layer
from tests.docs.pages import DOCS, named_in

PAGE = (DOCS / "sharing.md").read_text(encoding="utf-8")


def test_every_rule_of_the_checker_is_explained() -> None:
    assert not sorted({rule.value for rule in FaultRule} - named_in(PAGE))


def test_every_class_of_need_and_every_layer_has_its_row() -> None:
    assert not [kind for kind in NeedClass if f"\n| {kind} |" not in PAGE]
    assert all(f" {layer} |" in PAGE for layer in Layer)
