"""Sentences of Django and of the sign-in package that people meet here, named so that our catalogues hold them.

Their plainer English is in `locale/en`, their Welsh in `locale/cy`.
"""

from django.utils.translation import gettext_noop as said

BORROWED = (
    said("This field is required."),
    said("Enter a valid email address."),
    said("Enter a whole number."),
    said("Enter a number."),
    said("Enter a valid date."),
    said("Enter a valid value."),
    said("Enter a list of values."),
    said("Select a valid choice. That choice is not one of the available choices."),
    said("The submitted file is empty."),
    said("No file was submitted."),
    said("Null characters are not allowed."),
    said("Incorrect code."),
    said("Too many failed login attempts. Try again later."),
)
