"""The second floor: rooms of one plan. Each stands on `people` and knows no other room."""
