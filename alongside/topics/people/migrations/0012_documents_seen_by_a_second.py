import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0011_addresses_confirmed'),
    ]

    operations = [
        migrations.CreateModel(
            name='PowerCheck',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('made_by', models.BigIntegerField()),
                ('person', models.UUIDField(db_index=True)),
                ('link', models.UUIDField(db_index=True)),
                ('holder', models.UUIDField()),
                ('written_by', models.UUIDField()),
                ('asked_by', models.UUIDField()),
                ('asked_at', models.DateTimeField()),
                ('agreed_by', models.UUIDField(null=True)),
                ('agreed_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'everything',
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterField(
            model_name='askedtoagree',
            name='kind',
            field=models.CharField(choices=[('hold_back', 'Hold something back from somebody, for now'), ('erasure', 'Erase everything about a person, for ever'), ('note', 'Take out one misfiled note, for ever'), ('merge', 'Join two records as one person’s'), ('address', 'Confirm with somebody how they are reached'), ('power', 'See the document of an attorney or deputy too')], max_length=10),
        ),
    ]
