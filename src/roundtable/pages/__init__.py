"""What every self-contained page shares: its shell, its styles, its tables and how it writes numbers."""
