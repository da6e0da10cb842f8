"""What is in the published packages, as people and tools want to read it: notices and bills of materials."""
