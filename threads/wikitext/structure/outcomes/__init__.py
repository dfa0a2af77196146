"""What a discussion came to: the positions that people took, and decisions."""
