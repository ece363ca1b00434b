"""Tags of this floor."""
