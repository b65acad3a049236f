"""YAML 1.2 text: `load.load_yaml` is the door."""
