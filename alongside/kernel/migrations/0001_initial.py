"""The tables of the ground floor."""

from typing import Any

from django.db import migrations, models


def entry_numbers(apps: Any, schema_editor: Any) -> None:
    """PostgreSQL draws entry numbers from a sequence; SQLite has one writer and counts."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE SEQUENCE IF NOT EXISTS kernel_entry_number")


def no_entry_numbers(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP SEQUENCE IF EXISTS kernel_entry_number")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.RunPython(entry_numbers, no_entry_numbers),
        migrations.CreateModel(
            name='EntryKey',
            fields=[
                ('id', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('entry', models.UUIDField()),
                ('owner', models.UUIDField()),
                ('purpose', models.CharField(max_length=20)),
                ('wrapped_by', models.BinaryField(max_length=16)),
                ('wrapped', models.BinaryField(max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('thing', models.UUIDField(primary_key=True, serialize=False)),
                ('length', models.IntegerField()),
                ('leaf', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Pseudonym',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('matter', models.UUIDField(db_index=True)),
                ('finder', models.BinaryField(max_length=32, unique=True)),
                ('link', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(unique=True)),
                ('thing', models.UUIDField()),
                ('place', models.IntegerField()),
                ('kind', models.CharField(max_length=80)),
                ('about', models.UUIDField(null=True)),
                ('author', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('header', models.TextField()),
                ('boxes', models.BinaryField()),
                ('leaf', models.BinaryField(max_length=32)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('about__isnull', False)), fields=['about', 'number'], name='entry_about'), models.Index(fields=['author', 'number'], name='entry_author')],
                'constraints': [models.UniqueConstraint(fields=('thing', 'place'), name='entry_once_in_its_chain')],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('person', models.UUIDField()),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('page', models.CharField(max_length=80)),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'at'], name='look_person')],
            },
        ),
        migrations.CreateModel(
            name='Outbox',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('entry', models.UUIDField(db_index=True)),
                ('kind', models.CharField(max_length=40)),
                ('payload', models.JSONField()),
                ('state', models.CharField(default='waiting', max_length=12)),
                ('tries', models.IntegerField(default=0)),
                ('next_at', models.DateTimeField()),
                ('made_at', models.DateTimeField()),
                ('said', models.TextField(default='')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'next_at'], name='outbox_due')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('submission', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('content', models.BinaryField(max_length=32)),
                ('entry', models.UUIDField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='receipt_at')],
            },
        ),
    ]
