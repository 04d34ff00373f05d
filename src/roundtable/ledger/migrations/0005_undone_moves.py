from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0004_linkage"),
    ]

    operations = [
        migrations.AddField("linkdecision", "undoes_run", models.IntegerField(null=True)),
        migrations.AddField("linkdecision", "undoes_move", models.IntegerField(null=True)),
    ]
