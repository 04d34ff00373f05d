"""What happens to the people of the synthetic county, and where and when."""
