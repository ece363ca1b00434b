"""A small topic to measure the door with: matters, and notes on them. No installation has it."""
