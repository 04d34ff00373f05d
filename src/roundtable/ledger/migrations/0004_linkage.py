from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


def _own_number() -> models.BigAutoField[int, int]:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _words(*words: str) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


def _records() -> list[tuple[str, models.CharField[str, str]]]:
    """The two records, the lesser id first; both empty once one of them was erased."""
    return [
        ("left_record_id", models.CharField(blank=True, max_length=32)),
        ("right_record_id", models.CharField(blank=True, max_length=32)),
    ]


def _by_record(name: str) -> list[models.Index]:
    return [
        models.Index(fields=["left_record_id"], name=f"{name}_by_left"),
        models.Index(fields=["right_record_id"], name=f"{name}_by_right"),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_rights"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewBatch",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=80)),
                ("kind", models.CharField(choices=_words("worth", "sample"), max_length=20)),
                ("made_at", models.DateTimeField()),
                ("made_for", models.CharField(max_length=80)),
                ("snapshot", models.IntegerField(null=True)),
                ("seed", models.IntegerField()),
                ("datasets", models.JSONField(default=list)),
                ("strata", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="ReviewQuestion",
            fields=[
                ("id", _own_number()),
                ("number", models.IntegerField()),
                *_records(),
                ("stratum", models.CharField(max_length=80)),
                ("stands_for", models.FloatField()),
                ("weight", models.FloatField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="ledger.reviewbatch",
                    ),
                ),
            ],
            options={
                "indexes": _by_record("question"),
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "number"), name="one_question_of_a_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkDecision",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=80)),
                ("origin", models.CharField(choices=_words("review", "undo"), max_length=20)),
                *_records(),
                ("verdict", models.CharField(choices=_words("same", "different", "unsure"), max_length=20)),
                ("post", models.CharField(max_length=80)),
                ("decided_at", models.DateTimeField()),
                ("why", models.TextField(blank=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=80)),
                ("withdrawn_why", models.TextField(blank=True)),
                (
                    "question",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="ledger.reviewquestion",
                    ),
                ),
            ],
            options={
                "indexes": _by_record("decision"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("question", "post"),
                        name="one_word_of_a_post",
                    )
                ],
            },
        ),
    ]
