"""The demonstration: `make demo` runs the tours in three languages against a local gateway and a real Worker."""
