"""A line keeps the first eight bytes of its leaf, which say which of two lines was changed, and no longer all 32.

The whole leaf stands in the header of the line after it, or in the head, and is worked out from the line itself. On
SQLite five lines lie on a page then, where four did.
"""

from typing import Any

from django.db import migrations, models

_COLUMNS = (
    '"number" integer NOT NULL PRIMARY KEY, "before" bigint NULL, "about" char(32) NULL, "typed_for" char(32) NULL,'
    ' "header" text NOT NULL, "boxes" BLOB NOT NULL, "stamp" BLOB NOT NULL'
)
_ON_SQLITE = (
    f'CREATE TABLE "new_kernel_entry" ({_COLUMNS})',
    'INSERT INTO "new_kernel_entry"'
    " SELECT number, before, about, typed_for, header, boxes, substr(leaf, 1, 8) FROM kernel_entry ORDER BY number",
    'DROP TABLE "kernel_entry"',
    'ALTER TABLE "new_kernel_entry" RENAME TO "kernel_entry"',
    'CREATE INDEX "entry_about" ON "kernel_entry" ("about", "number") WHERE "about" IS NOT NULL',
    'CREATE INDEX "entry_typed" ON "kernel_entry" ("typed_for", "number") WHERE "typed_for" IS NOT NULL',
)
_ON_POSTGRESQL = (
    "ALTER TABLE kernel_entry ALTER COLUMN leaf TYPE bytea USING substring(leaf FROM 1 FOR 8)",
    "ALTER TABLE kernel_entry RENAME COLUMN leaf TO stamp",
)


def stamped(apps: Any, schema_editor: Any) -> None:
    for statement in _ON_SQLITE if schema_editor.connection.vendor == "sqlite" else _ON_POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0005_a_chain_by_its_numbers'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(stamped)],
            state_operations=[
                migrations.RemoveField('entry', 'leaf'),
                migrations.AddField('entry', 'stamp', models.BinaryField(max_length=8)),
            ],
        ),
    ]
