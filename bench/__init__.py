"""Speed and size, as ratios side by side in one run: ``make bench`` prints a table."""
