"""On SQLite the lines of the record lie in the order of their numbers: one tree, where there were two."""

from django.db import migrations

import alongside.kernel.numbered


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0002_fewer_pages_for_each_line'),
    ]

    operations = [
        migrations.AlterField('entry', 'number', alongside.kernel.numbered.EntryNumber(primary_key=True, serialize=False)),
    ]
