"""What the data say: harm, places, need."""
