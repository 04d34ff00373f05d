"""Every register as sheets of a workbook or CSV files, and the edits made there back in the folder."""
