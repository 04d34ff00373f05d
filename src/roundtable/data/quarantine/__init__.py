"""The quarantine, worked by people: seen, mended, released or dismissed, with the trail of who and why."""
