"""What is pending is found by statistics that PostgreSQL can really keep (`released.revisions`)."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThan

BEHIND = Q(GreaterThan(F("revision") - F("shared_revision"), 0))
STATISTICS = "CREATE STATISTICS document_behind ON (revision - shared_revision) FROM billing_document"


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]

    operations = [
        migrations.RunSQL(STATISTICS, reverse_sql="DROP STATISTICS document_behind"),
        migrations.RemoveIndex(model_name="document", name="document_pending"),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=BEHIND & ~Q(status__in=["DRAFT", "SUBMITTED"]),
                fields=["company", "id"],
                name="document_pending",
            ),
        ),
    ]
