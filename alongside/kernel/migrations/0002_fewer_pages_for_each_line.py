"""Fewer pages of the disk for each line of the record: one index less, and two small tables that are their own.

On SQLite a table whose key is no whole number is two trees: the rows, and an index to them. Heads and entry
keys are small and always asked for by their key, so each becomes one tree.
"""

from typing import Any

from django.db import migrations, models

HEAD = '"thing" char(32) NOT NULL PRIMARY KEY, "length" integer NOT NULL, "leaf" BLOB NOT NULL'
KEYS = (
    '"id" BLOB NOT NULL PRIMARY KEY, "entry" char(32) NOT NULL, "owner" char(32) NOT NULL,'
    ' "purpose" varchar(20) NOT NULL, "wrapped_by" BLOB NOT NULL, "wrapped" BLOB NOT NULL'
)


def _made_anew(schema_editor: Any, more: str) -> None:
    if schema_editor.connection.vendor != "sqlite":
        return
    for table, columns in (("kernel_head", HEAD), ("kernel_entrykey", KEYS)):
        schema_editor.execute(f'CREATE TABLE "new_{table}" ({columns}){more}')
        schema_editor.execute(f'INSERT INTO "new_{table}" SELECT * FROM "{table}"')
        schema_editor.execute(f'DROP TABLE "{table}"')
        schema_editor.execute(f'ALTER TABLE "new_{table}" RENAME TO "{table}"')


def one_tree(apps: Any, schema_editor: Any) -> None:
    _made_anew(schema_editor, " WITHOUT ROWID")


def two_trees(apps: Any, schema_editor: Any) -> None:
    _made_anew(schema_editor, "")


_THINGS = "UPDATE kernel_receipt SET thing = (SELECT e.thing FROM kernel_entry e WHERE e.id = kernel_receipt.entry)"


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(one_tree, two_trees),
        migrations.AddField('receipt', 'thing', models.UUIDField(null=True)),
        migrations.RunSQL(_THINGS, migrations.RunSQL.noop),
        migrations.AlterField('receipt', 'thing', models.UUIDField()),
        migrations.AlterField('entry', 'id', models.UUIDField()),
    ]
