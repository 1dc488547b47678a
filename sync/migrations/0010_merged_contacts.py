from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("sync", "0009_page_size")]

    operations = [
        migrations.AddField(
            model_name="contactlink",
            name="merged_to",
            field=models.UUIDField(null=True, help_text="Xero’s id of the contact it was merged into there."),
        ),
        migrations.AddIndex(
            model_name="contactlink",
            index=models.Index(
                fields=["connection"], name="link_merged", condition=Q(merged_to__isnull=False)
            ),
        ),
    ]
