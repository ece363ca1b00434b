"""The same note as others would keep it: Django with django-simple-history, or with django-auditlog."""
