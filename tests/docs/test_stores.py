"""The page of the ledger and the lake says what the code says."""

import re

import pytest
from django.apps import apps
from django.db.models import Model

import roundtable.ledger  # noqa: F401 - readies Django
from tests.docs.lake_tables import PAGE, shown_tables, split_page
from tests.docs.pages import named_in

MODELS = list(apps.get_app_config("ledger").get_models())


def test_the_lakes_tables_are_shown_as_they_are() -> None:
    assert split_page()[1] == shown_tables(), "run: python -m tests.docs.lake_tables"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_column_of_a_ledger_table_is_shown(model: type[Model]) -> None:
    found = re.search(rf"^### {model.__name__}\n(.*?)^##", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    assert found, f"{model.__name__} has no section"
    hidden = {"id"} if model._meta.auto_field else set()
    wanted = {field.name for field in model._meta.fields} - hidden
    assert named_in(found[1]) - {"column", "---"} == wanted
