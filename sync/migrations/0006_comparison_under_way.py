import django.core.serializers.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sync", "0005_given_up_index")]

    operations = [
        migrations.AddField(
            model_name="reconciliation",
            name="under_way",
            field=models.JSONField(
                encoder=django.core.serializers.json.DjangoJSONEncoder,
                help_text="Of the days from next_day on, where a turn ended among them: {end, pages, read: "
                "{xero_id: what Xero had, or null}}",
                null=True,
            ),
        )
    ]
