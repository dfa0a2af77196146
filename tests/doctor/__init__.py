"""What the doctor finds, one thing at a time."""
