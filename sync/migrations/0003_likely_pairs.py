"""Documents that may have been typed on both sides, and what a person said of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CAUSES = [
    ("account_code", "Account code"),
    ("lock_date", "Locked period"),
    ("archived_contact", "Archived contact"),
    ("contact", "Contact"),
    ("tax_type", "Tax type"),
    ("number", "Number"),
    ("currency", "Currency"),
    ("status", "Status"),
    ("ambiguous", "May already be in Xero"),
    ("likely_pair", "Looks the same in Xero"),
    ("validation", "Refused by Xero"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0001_initial"),
        ("integrations", "0001_initial"),
        ("sync", "0002_matching"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField("problem", "cause", models.CharField(choices=CAUSES, max_length=16)),
        migrations.CreateModel(
            name="LikelyPair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("xero_id", models.CharField(help_text="As on the row of `SetAside`.", max_length=64)),
                ("says", models.CharField(help_text="In what they are alike, in words.", max_length=120)),
                ("is_strong", models.BooleanField(help_text="Contact, total and date are the same.")),
                ("revision", models.PositiveIntegerField(help_text="Ours when they were compared.")),
                ("found_at", models.DateTimeField()),
                ("apart_at", models.DateTimeField(null=True)),
                (
                    "apart_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="likely_pairs",
                        to="integrations.connection",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="likely_pairs",
                        to="billing.document",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("apart_at__isnull", True)),
                        fields=["connection"],
                        name="likely_pair_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("document", "xero_id"), name="likely_pair_once")
                ],
            },
        ),
    ]
