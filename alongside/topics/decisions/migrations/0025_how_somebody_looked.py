from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0024_a_legal_reason_is_seen_from_outside'),
    ]

    operations = [
        migrations.AddField(
            model_name='groundsaid',
            name='how',
            field=models.CharField(choices=[('saw', 'I saw the person, or spoke with them'), ('asked', 'I asked somebody who knows them, and who does not decide this'), ('paper', 'I read the papers only')], default='', max_length=8),
            preserve_default=False,
        ),
    ]
