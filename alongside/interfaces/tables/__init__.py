"""Reading the files people send us: CSV and JSON, whoever saved them and however.

Everything in a file is text. We find how it is written, say what we skipped, and never guess in silence:
either the whole file is sound, or TableRefused names each row, column and reason, and what to do. Nothing
here touches a database.

    table = read_table(path, name="results.csv", wanted=WANTED)
    columns = suggest_mapping(table.headings, WANTED)
    columns.refuse_if_missing(table.name)
    order = table.date_order([columns.headings["starts_on"]])
    require(apply_mapping(table.rows(), columns), filled("title"), a_date("starts_on", order))
    for row in apply_mapping(table.rows(), columns):
        ...row_key("Wexmoor council results", row.row), row["title"], order.read(row["starts_on"])
"""

from .dates import Ambiguous, DateCell, DateOrder, NotADate, read_date, settle_dates
from .mapping import Columns, MappedRow, Wanted, apply_mapping, choose_mapping, suggest_mapping
from .problem import Problem, Problems, TableRefused, shown
from .reading import Table, read_table
from .records import Progress
from .require import Rule, a_date, filled, no_longer_than, not_before, once, one_filled, require, whole_number
from .row import Row, row_key

__all__ = [
    "Ambiguous",
    "Columns",
    "DateCell",
    "DateOrder",
    "MappedRow",
    "NotADate",
    "Problem",
    "Problems",
    "Progress",
    "Row",
    "Rule",
    "Table",
    "TableRefused",
    "Wanted",
    "a_date",
    "apply_mapping",
    "choose_mapping",
    "filled",
    "no_longer_than",
    "not_before",
    "once",
    "one_filled",
    "read_date",
    "read_table",
    "require",
    "row_key",
    "settle_dates",
    "shown",
    "suggest_mapping",
    "whole_number",
]
