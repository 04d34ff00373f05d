import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_deliveries"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldCopy",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("export", "export"), ("backup", "backup"), ("given", "given")],
                        max_length=20,
                    ),
                ),
                ("what", models.TextField()),
                ("place", models.TextField(blank=True)),
                ("recipient", models.CharField(blank=True, max_length=80)),
                ("snapshot", models.IntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("until", models.DateField(null=True)),
                ("gone_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LegalHold",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("reason", models.TextField()),
                ("set_by", models.CharField(max_length=80)),
                ("set_at", models.DateTimeField()),
                ("review_on", models.DateField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="LookAlias",
            fields=[
                ("record_id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("alias", models.CharField(max_length=32, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="RightsRequest",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                (
                    "right",
                    models.CharField(
                        choices=[
                            ("access", "access"),
                            ("rectification", "rectification"),
                            ("erasure", "erasure"),
                            ("objection", "objection"),
                            ("restriction", "restriction"),
                            ("portability", "portability"),
                            ("complaint", "complaint"),
                        ],
                        max_length=20,
                    ),
                ),
                ("case_ref", models.CharField(blank=True, max_length=80)),
                ("received_on", models.DateField()),
                ("taken_by", models.CharField(max_length=80)),
                ("purposes", models.JSONField(default=list)),
                ("acknowledged_on", models.DateField(null=True)),
                ("extended_on", models.DateField(null=True)),
                ("extended_why", models.TextField(blank=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("granted", "granted"),
                            ("partly granted", "partly granted"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("upheld", models.JSONField(default=list)),
                ("exemptions", models.JSONField(default=list)),
                ("decided_by", models.CharField(blank=True, max_length=80)),
                ("decided_on", models.DateField(null=True)),
                ("decided_why", models.TextField(blank=True)),
                ("told_how_to_complain", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("protected_address", "protected_address"),
                            ("pre_adoption_identity", "pre_adoption_identity"),
                            ("gender_recognition_history", "gender_recognition_history"),
                            ("protected_witness", "protected_witness"),
                            ("own_household", "own_household"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "origin",
                    models.CharField(choices=[("order", "order"), ("delivery", "delivery")], max_length=20),
                ),
                ("set_by", models.CharField(max_length=80)),
                ("reason", models.TextField()),
                ("concerns", models.CharField(blank=True, max_length=80)),
                ("set_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.CharField(blank=True, max_length=80)),
                ("lifted_second", models.CharField(blank=True, max_length=80)),
                ("lifted_why", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Settling",
            fields=[
                ("owner", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=64)),
            ],
        ),
        migrations.AlterField(
            model_name="delivery",
            name="status",
            field=models.CharField(
                choices=[
                    ("accepted", "accepted"),
                    ("refused", "refused"),
                    ("repeated", "repeated"),
                    ("superseded", "superseded"),
                    ("waiting", "waiting"),
                    ("withdrawn", "withdrawn"),
                    ("expired", "expired"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Rectification",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("record_id", models.CharField(max_length=32)),
                ("which", models.CharField(max_length=80)),
                ("agency", models.CharField(max_length=80)),
                ("made_by", models.CharField(max_length=80)),
                ("made_at", models.DateTimeField()),
                ("agency_told_on", models.DateField(null=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectifications",
                        to="ledger.rightsrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                (
                    "cause",
                    models.CharField(
                        choices=[("request", "request"), ("retention", "retention")], max_length=20
                    ),
                ),
                ("why", models.TextField()),
                ("ordered_by", models.CharField(max_length=80)),
                ("seconded_by", models.CharField(max_length=80)),
                ("deliveries", models.JSONField(default=list)),
                ("raw", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(choices=[("under way", "under way"), ("done", "done")], max_length=20),
                ),
                ("begun_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("certificate", models.JSONField(default=dict)),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasures",
                        to="ledger.rightsrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClockStop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_on", models.DateField()),
                ("answered_on", models.DateField(null=True)),
                ("why", models.TextField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="ledger.rightsrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SealRelease",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=80)),
                ("asked_by", models.CharField(max_length=80)),
                ("released_by", models.CharField(max_length=80)),
                ("reason", models.TextField()),
                ("begins", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                (
                    "seal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="ledger.seal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ErasureRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("record_id", models.CharField(max_length=32)),
                (
                    "erasure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="ledger.erasure",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("erasure", "record_id"), name="one_row_an_erased_record")
                ],
            },
        ),
        migrations.CreateModel(
            name="HoldMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("record", "record"),
                            ("address", "address"),
                            ("nhs number", "nhs number"),
                            ("person number", "person number"),
                            ("address form", "address form"),
                            ("name and birth", "name and birth"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.CharField(max_length=32)),
                (
                    "hold",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="ledger.legalhold",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("hold", "what", "value"), name="one_mark_of_a_hold")
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("record", "record"),
                            ("address", "address"),
                            ("nhs number", "nhs number"),
                            ("person number", "person number"),
                            ("address form", "address form"),
                            ("name and birth", "name and birth"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.CharField(max_length=32)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="ledger.rightsrequest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("request", "what", "value"), name="one_mark_of_a_request")
                ],
            },
        ),
        migrations.CreateModel(
            name="SealMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("record", "record"),
                            ("address", "address"),
                            ("nhs number", "nhs number"),
                            ("person number", "person number"),
                            ("address form", "address form"),
                            ("name and birth", "name and birth"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.CharField(max_length=32)),
                (
                    "seal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="ledger.seal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("seal", "what", "value"), name="one_mark_of_a_seal")
                ],
            },
        ),
        migrations.CreateModel(
            name="SuppressionMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("record", "record"),
                            ("address", "address"),
                            ("nhs number", "nhs number"),
                            ("person number", "person number"),
                            ("address form", "address form"),
                            ("name and birth", "name and birth"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.CharField(max_length=32)),
                ("dataset", models.CharField(max_length=80)),
                ("recorded_until", models.DateTimeField()),
                (
                    "erasure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suppressions",
                        to="ledger.erasure",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["dataset"], name="suppression_by_dataset")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("erasure", "dataset", "what", "value"), name="one_suppression_of_an_erasure"
                    )
                ],
            },
        ),
    ]
