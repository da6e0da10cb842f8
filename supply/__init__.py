"""What is in the published packages, as people and tools want to read it: notices, bills of materials, public names."""
