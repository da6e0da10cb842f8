"""The test runner: which suites there are, how to count them, how to run them."""
