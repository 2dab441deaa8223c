"""Every figure in docs/benchmarks.md, each as a command. Run from the repository root."""
