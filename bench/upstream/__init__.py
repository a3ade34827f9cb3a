"""The time before and after each patch for upstream, cumulatively."""
