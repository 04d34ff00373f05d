"""How Django knows the ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger's tables all begin with `ledger_`."""

    name = "roundtable.ledger"
    label = "ledger"
    verbose_name = "Ledger"
    default_auto_field = "django.db.models.BigAutoField"
