"""The public names of the three packages, in files that show a change of them."""
