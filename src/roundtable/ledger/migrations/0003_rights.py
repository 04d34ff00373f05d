from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

#: What a mark may be of.
MARKS = (
    "record",
    "address",
    "nhs number",
    "person number",
    "address form",
    "name and birth",
    "name and birthday",
    "birth and place",
    "swapped birth",
    "phone and surname",
    "birth",
    "phone",
    "likely record",
    "likely nhs number",
    "likely number",
)


def _own_number() -> models.BigAutoField[int, int]:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _words(*words: str) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


def _what() -> models.CharField[str, str]:
    return models.CharField(choices=_words(*MARKS), max_length=20)


def _marks(name: str, field: str, owner: str, once: str) -> migrations.CreateModel:
    """The table of what one kind of owner is about: a hold, a request, a seal."""
    marked: models.ForeignKey[models.Model, models.Model] = models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="marks", to=f"ledger.{owner}"
    )
    return migrations.CreateModel(
        name=name,
        fields=[
            ("id", _own_number()),
            ("what", _what()),
            ("value", models.CharField(max_length=32)),
            (field, marked),
        ],
        options={"constraints": [models.UniqueConstraint(fields=(field, "what", "value"), name=once)]},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_deliveries"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldCopy",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=_words("export", "backup", "given"), max_length=20)),
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
                        choices=_words(
                            "access",
                            "rectification",
                            "erasure",
                            "objection",
                            "restriction",
                            "portability",
                            "complaint",
                        ),
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
                        choices=_words("granted", "partly granted", "refused", "withdrawn"),
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
                        choices=_words(
                            "protected_address",
                            "pre_adoption_identity",
                            "gender_recognition_history",
                            "protected_witness",
                            "own_household",
                        ),
                        max_length=40,
                    ),
                ),
                ("origin", models.CharField(choices=_words("order", "delivery"), max_length=20)),
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
                choices=_words(
                    "accepted", "refused", "repeated", "superseded", "waiting", "withdrawn", "expired"
                ),
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
                ("cause", models.CharField(choices=_words("request", "retention"), max_length=20)),
                ("why", models.TextField()),
                ("ordered_by", models.CharField(max_length=80)),
                ("seconded_by", models.CharField(max_length=80)),
                ("deliveries", models.JSONField(default=list)),
                ("raw", models.JSONField(default=list)),
                ("state", models.CharField(choices=_words("under way", "done"), max_length=20)),
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
                ("id", _own_number()),
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
                ("id", _own_number()),
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
        _marks("HoldMark", "hold", "legalhold", "one_mark_of_a_hold"),
        _marks("RequestMark", "request", "rightsrequest", "one_mark_of_a_request"),
        _marks("SealMark", "seal", "seal", "one_mark_of_a_seal"),
        migrations.CreateModel(
            name="SuppressionMark",
            fields=[
                ("id", _own_number()),
                ("what", _what()),
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
