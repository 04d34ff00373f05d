from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeliveryRelease",
            fields=[
                ("delivery_id", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("post", models.CharField(max_length=80)),
                ("reason", models.TextField()),
                ("released_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="deliveredfile",
            name="rows_dismissed",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="delivery",
            name="arrives",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="delivery",
            name="as_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="delivery",
            name="covers",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="delivery",
            name="drift",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="delivery",
            name="note_fingerprint",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="delivery",
            name="rows_dismissed",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="lakefile",
            name="shape",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
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
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="QuarantineDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("delivery_id", models.CharField(max_length=16)),
                ("file", models.TextField()),
                ("line", models.BigIntegerField()),
                ("of_column", models.TextField(blank=True)),
                ("sealed", models.TextField(blank=True)),
                ("rule", models.TextField()),
                ("post", models.CharField(max_length=80)),
                ("reason", models.TextField()),
                ("decided_at", models.DateTimeField()),
                ("released_by", models.CharField(blank=True, max_length=80)),
                ("released_why", models.TextField(blank=True)),
                ("released_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("delivery_id", "file", "line", "of_column"), name="one_decision_a_value"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dataset", models.CharField(max_length=80)),
                ("withdraws", models.TextField()),
                ("file", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("as_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("received_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("dataset", "sha256"), name="one_row_a_withdrawal")
                ],
            },
        ),
    ]
