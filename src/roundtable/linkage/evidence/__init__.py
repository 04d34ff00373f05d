"""What two identities say of one another: their levels of agreement, what a level is worth, and in words."""
