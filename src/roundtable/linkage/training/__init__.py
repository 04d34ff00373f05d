"""What levels of agreement are worth, learnt from the records themselves and without anybody's labels."""
