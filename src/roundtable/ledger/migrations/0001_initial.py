import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("action", models.CharField(max_length=80)),
                ("about", models.TextField()),
                ("detail", models.TextField()),
                ("at", models.DateTimeField()),
                ("run", models.IntegerField(null=True)),
                ("attempt", models.IntegerField(null=True)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("ledger_id", models.CharField(max_length=32)),
                ("partnership_id", models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.IntegerField(primary_key=True, serialize=False)),
                ("inputs", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("under way", "under way"),
                            ("finished", "finished"),
                            ("abandoned", "abandoned"),
                        ],
                        max_length=20,
                    ),
                ),
                ("attempt", models.IntegerField()),
                ("versions", models.JSONField()),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "under way")),
                        fields=("state",),
                        name="one_run_under_way",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.IntegerField(primary_key=True, serialize=False)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="ledger.run",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("delivery_id", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("dataset", models.CharField(max_length=80)),
                ("agency", models.CharField(max_length=80)),
                ("file", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("bytes", models.BigIntegerField()),
                ("period", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("accepted", "accepted"),
                            ("refused", "refused"),
                            ("repeated", "repeated"),
                            ("superseded", "superseded"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("corrects", models.TextField(blank=True)),
                ("contract_fingerprint", models.CharField(max_length=64)),
                ("permit_fingerprint", models.CharField(max_length=64)),
                ("rows_received", models.BigIntegerField()),
                ("rows_kept", models.BigIntegerField()),
                ("rows_quarantined", models.BigIntegerField()),
                ("agreements", models.JSONField(default=list)),
                ("received_at", models.DateTimeField()),
                (
                    "snapshot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="ledger.snapshot",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StepRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=80)),
                ("key", models.JSONField()),
                ("reason", models.TextField()),
                (
                    "state",
                    models.CharField(choices=[("done", "done"), ("skipped", "skipped")], max_length=20),
                ),
                ("rows", models.BigIntegerField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="ledger.run"
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="ledger.snapshot",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeliveredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("member", models.TextField()),
                ("table", models.CharField(max_length=80)),
                ("sha256", models.CharField(max_length=64)),
                ("rows_received", models.BigIntegerField()),
                ("rows_kept", models.BigIntegerField()),
                ("rows_quarantined", models.BigIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="ledger.delivery",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("delivery", "member"), name="one_row_a_member")
                ],
            },
        ),
        migrations.CreateModel(
            name="LakeFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=80)),
                ("sha256", models.CharField(max_length=64)),
                ("rows", models.BigIntegerField()),
                ("bytes", models.BigIntegerField()),
                ("source", models.CharField(max_length=80)),
                ("erased_at", models.DateTimeField(null=True)),
                ("erased_why", models.TextField(blank=True)),
                (
                    "added",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files_added",
                        to="ledger.snapshot",
                    ),
                ),
                (
                    "removed",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files_removed",
                        to="ledger.snapshot",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed", None)),
                        fields=("table", "sha256", "source"),
                        name="one_live_file_of_a_source",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["dataset", "status"], name="delivery_by_dataset"),
        ),
        migrations.AddConstraint(
            model_name="steprun",
            constraint=models.UniqueConstraint(fields=("run", "step"), name="one_row_a_step"),
        ),
    ]
