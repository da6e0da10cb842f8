"""The vectors, written out by hand from the documents of the two gateways."""
