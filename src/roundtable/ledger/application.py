"""Django, set up in code: there is no settings file for a user to get wrong."""

from __future__ import annotations

import django
from django.conf import settings


def ready_django() -> None:
    """Set Django up for the ledger, unless whoever started the process has set it up already.

    No database is named here: until `open_ledger` names one, every query is refused.
    """
    if settings.configured:
        return
    settings.configure(
        INSTALLED_APPS=["roundtable.ledger"],
        DATABASES={},
        USE_TZ=True,
        TIME_ZONE="UTC",
        USE_I18N=False,
        LOGGING_CONFIG=None,
    )
    django.setup()
