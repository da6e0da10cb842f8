"""What a release is checked and published with; see docs/releasing.md. It needs Python and nothing else."""
