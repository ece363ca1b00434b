from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0036_checked_from_outside'),
    ]

    operations = [
        migrations.AddField(
            model_name='judgement',
            name='takes_away',
            field=models.BooleanField(null=True),
        ),
    ]
