from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0002_deliveries")]

    operations: ClassVar = []
